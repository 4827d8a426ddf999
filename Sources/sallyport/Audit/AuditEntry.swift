internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Terminal
internal import Tips

/// Checks that the custody log holds one entry.
struct AuditEntry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entry",
        abstract: "Check that the custody log holds one event.",
        discussion: """
            The event and the proof lie in the folder custody of every bundle. The policy says which \
            log and which witnesses are believed (C2SP tlog-policy):

              log log.example.org/custody+1a2b3c4d+AbCd…
              quorum none

            Example:
              sallyport audit entry --policy log.policy --event release.event \\
                --proof release.tlog-proof
            """)

    @Option(help: ArgumentHelp("Which log and witnesses are believed.", valueName: "file"))
    var policy: String

    @Option(help: ArgumentHelp("The event with its salt.", valueName: "file"))
    var event: String

    @Option(help: ArgumentHelp("The proof.", valueName: "file"))
    var proof: String

    func run() throws {
        let policy = try Self.readPolicy(policy)
        let leaf = try Durable.read(event, limit: SaltedLeaf.maximumByteCount)
        let proof = try Durable.read(proof, limit: UnverifiedLogProof.maximumByteCount)
        Say.result(try Self.check(event: leaf, proof: proof, by: policy))
    }

    /// Reads a policy file.
    static func readPolicy(_ path: String) throws -> LogPolicy {
        let text = try Durable.read(path, limit: LogPolicy.maximumByteCount)
        do throws(LogPolicyError) {
            return try LogPolicy(text: text)
        } catch {
            switch error {
            case .malformedLine(let line):
                throw Failure("\(path), line \(line): this is no line of a log policy.")
            case .noLog: throw Failure("\(path) names no log.")
            case .noQuorum: throw Failure("\(path) has no quorum line; \"quorum none\" is one.")
            case .tooLong: throw Failure("\(path) is too long for a log policy.")
            }
        }
    }

    /// What a good proof shows, in words.
    static func check(event: [UInt8], proof: [UInt8], by policy: LogPolicy) throws -> String {
        let leaf: SaltedLeaf
        do throws(FormatError) {
            leaf = try SaltedLeaf(event)
        } catch {
            throw Failure("The event cannot be read: it is not what the gateway writes.")
        }
        do throws(LogProofError) {
            let entry = leaf.commitment.bytes
            let verified = try UnverifiedLogProof(proof).verified(entry: entry, by: policy)
            let office = leaf.event.office.isEmpty ? "" : " for \(leaf.event.office)"
            return """
                The log \(verified.checkpoint.checkpoint.origin) holds this entry as number \
                \(verified.index): \(leaf.event.kind.rawValue)\(office), hour \(leaf.event.hour.text).
                """
        } catch {
            throw Failure(words(error))
        }
    }

    private static func words(_ error: LogProofError) -> String {
        switch error {
        case .tooLong, .malformed: "The proof cannot be read: it is not a tlog-proof."
        case .notIncluded:
            "The proof does not show that the log holds this event: one of the two was altered, "
                + "or they do not belong together."
        case .checkpoint(let error):
            "The checkpoint in the proof is not to be believed by this policy (\(error))."
        }
    }
}
