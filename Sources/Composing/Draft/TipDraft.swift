package import Tips

/// A tip as its reporter wrote it: the file `TIP.json`, read strictly.
///
/// ```
/// {
///   "language": "zh-Hans",
///   "urgency": {"danger": ["ransom"], "reason": "…", "deadline": "2026-12-01"},
///   "report": {"narrative": "…", "answers": [{"ask": "police", "text": "…"}]},
///   "reporter": {"who": "…", "contact": "…", "safeToReply": false, "how": "…"},
///   "person": {"people": [{"names": ["…"], "papers": "…", "description": "…", "sex": "…",
///     "age": "…", "missingSince": "…"}]},
///   "place": {"site": "…", "building": "…", "floor": "…", "room": "…", "asOf": "…"},
///   "perpetrators": {"people": [], "accounts": [], "demand": {"amount": "250000",
///     "currency": "CNY", "deadline": "2026-12-01"}},
///   "compelled": {"account": "…"},
///   "share": [{"office": "office-a", "parts": ["report", "person", "evidence"]}],
///   "never": ["office-c"],
///   "withdrawalWord": "…",
///   "tellMe": false
/// }
/// ```
///
/// Every member is optional; one that is not listed here is refused, so that a misspelt *never*
/// cannot pass unseen. What nobody is named in `share` for, nobody but the desk gets.
package struct TipDraft: Equatable, Sendable {
    /// Consent for one office.
    package struct Share: Equatable, Sendable {
        /// The office.
        package let office: String
        /// The classes it may have.
        package let classes: Set<PartClass>
    }

    /// Most bytes of the file.
    package static let byteLimit = 256 * 1024

    /// The content of each of the seven text parts, in the order of their codes.
    package let contents: [TipContent]
    /// Who may have what.
    package let shares: [Share]
    /// Who must never have anything.
    package let never: [String]
    /// The word in the file that a true withdrawal needs; nil when there is none.
    package let withdrawalWord: String?
    /// What was made of a word that was typed instead; goes before the file's.
    package private(set) var lock: WithdrawalLock?
    /// Whether the mailbox may say how far the tip has come.
    package let tellsProgress: Bool

    /// Reads the file.
    ///
    /// - Throws: ``DraftProblem``.
    package init(parsing text: Span<UInt8>) throws(DraftProblem) {
        let object: JSONObject
        do throws(JSONError) {
            object = try JSON.parse(text, limit: Self.byteLimit).asObject()
            try object.allowOnly(
                PartClass.textParts.map { $0.name }
                    + ["language", "share", "never", "withdrawalWord", "tellMe"])
        } catch {
            throw .json(error)
        }
        contents = try Self.contents(of: object)
        do throws(JSONError) {
            tellsProgress = object.has("tellMe") ? try object.bool("tellMe") : false
            withdrawalWord =
                object.has("withdrawalWord") ? try object.string("withdrawalWord") : nil
        } catch {
            throw .json(error)
        }
        shares = try Self.shares(of: object)
        never = try Self.never(of: object)
        try checkRules()
    }

    /// The same with the lock of another withdrawal word.
    package func locked(with lock: WithdrawalLock) -> TipDraft {
        var draft = self
        draft.lock = lock
        return draft
    }

    /// Whether no part says anything. A language, offices and a word are nothing told.
    package var isEmpty: Bool {
        contents.allSatisfy { content in
            var content = content
            if case .report(var part) = content {
                part.language = ""
                content = .report(part)
            }
            return content == (try? TipContent(JSONObject(), as: content.partClass))
        }
    }

    private func checkRules() throws(DraftProblem) {
        if let word = withdrawalWord, word.utf8.allSatisfy({ $0 == 0x20 }) { throw .emptyWord }
        for (index, office) in never.enumerated() where Self.has(never[..<index], office) {
            throw .officeTwice(office)
        }
        let shared = shares.map { $0.office }
        for (index, office) in shared.enumerated() {
            guard !Self.has(never[...], office) else { throw .sharedAndNever(office) }
            guard !Self.has(shared[..<index], office) else { throw .officeTwice(office) }
        }
        guard shares.count <= Limits.consents, never.count <= Limits.neverOffices else {
            throw .tooManyOffices
        }
    }

    private static func has(_ offices: ArraySlice<String>, _ office: String) -> Bool {
        offices.contains { $0.utf8.elementsEqual(office.utf8) }
    }
}

extension TipDraft {
    private static func contents(of object: JSONObject) throws(DraftProblem) -> [TipContent] {
        var contents: [TipContent] = []
        for partClass in PartClass.textParts {
            let section = try section(partClass, of: object)
            do throws(ContentError) {
                contents.append(try TipContent(section, as: partClass))
            } catch {
                throw .section(partClass, error)
            }
        }
        return contents
    }

    private static func section(
        _ partClass: PartClass, of object: JSONObject
    ) throws(DraftProblem) -> JSONObject {
        do throws(JSONError) {
            var section = JSONObject()
            if object.has(partClass.name) { section = try object.object(partClass.name) }
            if partClass == .report, object.has("language"), !section.has("language") {
                section.add("language", .string(try object.string("language")))
            }
            return section
        } catch {
            throw .json(error)
        }
    }

    private static func shares(of object: JSONObject) throws(DraftProblem) -> [Share] {
        guard object.has("share") else { return [] }
        var shares: [Share] = []
        do throws(JSONError) {
            for entry in try object.objects("share") {
                try entry.allowOnly(["office", "parts"])
                shares.append(
                    try share(try entry.string("office"), try entry.strings("parts")))
            }
        } catch {
            throw .json(error)
        }
        return shares
    }

    private static func share(_ office: String, _ names: [String]) throws(JSONError) -> Share {
        guard OfficeName.isValid(office) else { throw .badValue("office") }
        var classes: Set<PartClass> = []
        for name in names {
            guard let partClass = PartClass(name: name), PartClass.releasable.contains(partClass),
                classes.insert(partClass).inserted
            else { throw .badValue("parts") }
        }
        guard !classes.isEmpty else { throw .badValue("parts") }
        return Share(office: office, classes: classes)
    }

    private static func never(of object: JSONObject) throws(DraftProblem) -> [String] {
        guard object.has("never") else { return [] }
        do throws(JSONError) {
            let offices = try object.strings("never")
            guard offices.allSatisfy({ OfficeName.isValid($0) }) else { throw .badValue("never") }
            return offices
        } catch {
            throw .json(error)
        }
    }
}

/// Why a file is not a tip.
package enum DraftProblem: Error, Equatable {
    /// Not the JSON that a tip has.
    case json(JSONError)
    /// One section is not as its class has it.
    case section(PartClass, ContentError)
    /// An office is named twice in one list.
    case officeTwice(String)
    /// An office is both shared with and never to be shared with.
    case sharedAndNever(String)
    /// More offices than a manifest takes.
    case tooManyOffices
    /// The withdrawal word is there but empty.
    case emptyWord
}
