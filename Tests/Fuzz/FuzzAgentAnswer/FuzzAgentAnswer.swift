import Agencies
import Agents
import Custody
import Foundation
import Glibc
import NativePrimitives
import Sealing
import Synchronization
import Tips

/// libFuzzer's entry point: an agent that answers anything, at a real socket. The first byte
/// chooses what it is asked; the client refuses, or takes a value within its limits. With the
/// highest bit set the input is not framed: it may end anywhere, or have any length in front.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let first = input.first else { return 0 }
    let answer = [UInt8](input.dropFirst())
    let length = (0..<4).map { UInt8(truncatingIfNeeded: answer.count >> (24 - 8 * $0)) }
    agent.answer.withLock { $0 = first < 0x80 ? length + answer : answer }
    do {
        try ask(first & 0x0F)
    } catch {}
    return 0
}

private let agent = Agent()
private let desk = DeskAgentClient(agent.path)
private let signer = SigningAgentClient(agent.path)

private func ask(_ question: UInt8) throws {
    guard let tip = TipID([UInt8](repeating: 1, count: 32)),
        let draft = Hash([UInt8](repeating: 2, count: 32))
    else { preconditionFailure("32 bytes are refused") }
    switch question {
    case 0:
        let status = try desk.status()
        precondition(status.epochs.count <= 1024, "too many epochs")
    case 1: try desk.show(directory: [1])
    case 2: _ = try desk.unwrap([1])
    case 3: _ = try desk.adopt([1], epoch: 1, tip: tip)
    case 4:
        let recipient = try desk.caseRecipient(tip)
        precondition([32, 1216].contains(recipient.publicKey.count), "a key of another length")
    case 5:
        let files = try desk.draft(draft, of: tip).files
        precondition(files.count <= 102, "too many files")
    case 6:
        let drafts = try desk.drafts(of: tip)
        precondition(drafts.count <= 128, "too many drafts")
    case 7: try desk.discard(draft, of: tip)
    case 8:
        let headers = try desk.release([1])
        precondition(headers.values.allSatisfy { $0.count <= Header.byteLimit }, "a long header")
    case 9: try desk.erase(tip)
    case 10: _ = try desk.sign([1], as: .request)
    case 11:
        let identity = try signer.identity()
        precondition(identity.person.text.utf8.count <= PersonID.byteLimit, "a long handle")
    default:
        let texts = [UInt8](repeating: 3, count: Int(question) - 11)
        let signatures = try signer.sign(
            texts.map { (.sums, [$0]) }, passphrase: Secret(copying: texts.span))
        precondition(signatures.count == texts.count, "another number of signatures")
        precondition(signatures.allSatisfy { $0.count == 64 }, "a signature of another length")
    }
}

/// Takes one request for each connection and says what it is told to say.
private final class Agent: Sendable {
    let answer = Mutex<[UInt8]>([])
    let path = "/tmp/fuzz-agent-\(getpid()).sock"

    init() {
        unsafe unlink(path)
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: path.utf8)
        }
        let bound = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        precondition(bound == 0 && listen(listener, 4) == 0, "no socket to listen at")
        Thread { [self] in
            while true { serve(accept(listener, nil, nil)) }
        }.start()
        let socketPath = path
        Agent.atExit.withLock { $0 = socketPath }
        atexit { Agent.atExit.withLock { _ = unsafe unlink($0) } }
    }

    private static let atExit = Mutex("")

    private func serve(_ peer: Int32) {
        // The whole request: closing with bytes unread would take the answer away again.
        var head = [UInt8](repeating: 0, count: 4)
        _ = unsafe recv(peer, &head, head.count, Int32(MSG_WAITALL))
        var request = [UInt8](repeating: 0, count: head.reduce(0) { $0 << 8 | Int($1) })
        _ = unsafe recv(peer, &request, request.count, Int32(MSG_WAITALL))
        let answer = answer.withLock { $0 }
        _ = unsafe send(peer, answer, answer.count, Int32(MSG_NOSIGNAL))
        close(peer)
    }
}
