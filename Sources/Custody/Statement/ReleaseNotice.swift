extension ReleaseStatement {
    /// A bundle that the office was given before.
    package struct Earlier: Hashable, Sendable {
        /// SHA-256 of its statement.
        package let release: Hash
        /// Its number for the office.
        package let sequence: UInt64

        /// The bundle of the statement `release`, number `sequence` for the office.
        package init(release: Hash, sequence: UInt64) {
            self.release = release
            self.sequence = sequence
        }
    }

    /// What a release says about earlier bundles of the same tip for the same office.
    package enum Notice: Hashable, Sendable {
        /// Its parts come in addition to those of these bundles.
        case supplement(to: [Earlier])
        /// These bundles must not be used any more. It carries nothing of the reporter's.
        case recall(Recall)

        /// The most earlier bundles that one names.
        package static let earlierLimit = 64
    }

    /// A recall: bundles, and the two sealed files that say why.
    ///
    /// A release is bound to its headers through its parts. A recall has none, so it names the
    /// headers and payloads of the two files themselves: signatures over one recall give out no
    /// other file for the office.
    package struct Recall: Hashable, Sendable {
        /// The bundles that are recalled, by rising number.
        package let bundles: [Earlier]
        /// `predicate.age`.
        package let predicate: Part
        /// `cover.age`.
        package let cover: Part

        /// The name of ``predicate``.
        package static let predicateName = "predicate.age"
        /// The name of ``cover``.
        package static let coverName = "cover.age"

        /// A recall of `bundles`.
        package init(bundles: [Earlier], predicate: Part, cover: Part) {
            self.bundles = bundles
            self.predicate = predicate
            self.cover = cover
        }

        /// The two files, in the order in which a statement lists them.
        var files: [Part] { [predicate, cover] }
    }

    /// What the statement lists, header by header and payload by payload: the parts, or a recall's two
    /// files.
    package var listed: [Part] { notice?.recall?.files ?? parts }
}

extension ReleaseStatement.Notice {
    /// The recall, if it is one.
    package var recall: ReleaseStatement.Recall? {
        if case .recall(let recall) = self { recall } else { nil }
    }

    /// The bundles that it is about, by rising number.
    package var earlier: [ReleaseStatement.Earlier] {
        switch self {
        case .supplement(let bundles): bundles
        case .recall(let recall): recall.bundles
        }
    }

    /// Whether it names bundles before number `sequence`, each once and in order, and a recall's files
    /// have their names.
    func isWellFormed(before sequence: UInt64) -> Bool {
        let numbers = earlier.map(\.sequence)
        let names = recall.map { $0.files.map(\.name) } ?? Self.fileNames
        return (1...Self.earlierLimit).contains(numbers.count)
            && numbers[0] >= 1 && numbers[numbers.count - 1] < sequence
            && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
            && Set(earlier.map(\.release)).count == earlier.count
            && names == Self.fileNames
    }

    private static let fileNames = [
        ReleaseStatement.Recall.predicateName, ReleaseStatement.Recall.coverName,
    ]
}
