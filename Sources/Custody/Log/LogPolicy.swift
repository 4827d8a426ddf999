/// Which logs and witnesses are believed: the text format C2SP tlog-policy.
///
/// ```
/// log <vkey>
/// witness W1 <vkey>
/// witness W2 <vkey>
/// group both all W1 W2
/// quorum both
/// ```
///
/// With `quorum none` the log's own signature suffices; that is what this project uses as long as
/// it has no witnesses.
package struct LogPolicy: Hashable, Sendable {
    /// The longest policy accepted, in bytes.
    package static let maximumByteCount = 65_536
    /// The most logs, the most witnesses and the most groups accepted, each.
    package static let maximumCount = 32

    /// A witness, or a group that counts as having witnessed when enough of its members have.
    indirect enum Quorum: Hashable, Sendable {
        case none
        case witness(NoteVerifier)
        case group(threshold: Int, members: [Quorum])

        /// Whether the keys that cosigned suffice.
        func isSatisfied(by signers: [NoteVerifier]) -> Bool {
            switch self {
            case .none: true
            case .witness(let verifier): signers.contains(verifier)
            case .group(let threshold, let members):
                members.count { $0.isSatisfied(by: signers) } >= threshold
            }
        }
    }

    /// The logs; each one's key name is its origin.
    package let logs: [NoteVerifier]
    /// All witnesses, whether the quorum needs them or not.
    package let witnesses: [NoteVerifier]
    private let quorum: Quorum

    /// One log, no witnesses.
    package init(log: NoteVerifier) {
        self.init(logs: [log], witnesses: [], quorum: .none)
    }

    init(logs: [NoteVerifier], witnesses: [NoteVerifier], quorum: Quorum) {
        self.logs = logs
        self.witnesses = witnesses
        self.quorum = quorum
    }

    /// Whether cosignatures by these keys make up the quorum.
    func isSatisfied(by signers: [NoteVerifier]) -> Bool {
        quorum.isSatisfied(by: signers)
    }
}

/// A policy could not be read.
package enum LogPolicyError: Error, Hashable {
    /// The text is longer than ``LogPolicy/maximumByteCount``.
    case tooLong
    /// A line is not one of the grammar, or names something undefined or already used.
    case malformedLine(Int)
    /// There is no `quorum` line.
    case noQuorum
    /// There is no `log` line.
    case noLog
}
