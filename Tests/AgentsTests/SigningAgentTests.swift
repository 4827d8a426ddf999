import Agencies
import Agents
import Custody
import DeskKit
import Foundation
import NativePrimitives
import Testing
import Tips

/// The signing agent: known texts only, the passphrase at each signature.
struct SigningAgentTests {
    private let sums = Array(
        (["predicate.age", "cover.age", "parts/00.age"].map {
            "\(Hash(sha256: []).hex)  \($0)\n"
        }.joined()).utf8)

    @Test func itSignsWithTheRightPassphraseEachTime() throws {
        let world = try DeskWorld(persons: ["ana"])
        let ana = try require(world.persons["ana"])
        let identity = try ana.identity()
        #expect(identity.person.text == "ana")
        let signature = try ana.sign([(.sums, sums)], passphrase: DeskWorld.secret("ana"))[0]
        #expect(identity.key.verifies(signature, over: sums))
        // The key is not kept open: the next signature needs the passphrase again.
        #expect(throws: AgentError.refused(.wrongPassphrase)) {
            try ana.sign([(.sums, sums)], passphrase: DeskWorld.secret("ben"))
        }
    }

    @Test(arguments: [SigningLabel.release, .question, .decision])
    func aTextThatIsNotWhatItsLabelSaysIsRefused(_ label: SigningLabel) throws {
        let world = try DeskWorld(persons: ["ana"])
        let ana = try require(world.persons["ana"])
        #expect(throws: AgentError.refused(.notThatText)) {
            try ana.sign([(label, sums)], passphrase: DeskWorld.secret("ana"))
        }
    }

    @Test func sumsOfOtherNamesAreRefused() throws {
        let world = try DeskWorld(persons: ["ana"])
        let ana = try require(world.persons["ana"])
        for text in ["hello\n", "\(Hash(sha256: []).hex)  ../../etc/passwd\n", ""] {
            #expect(throws: AgentError.refused(.notThatText)) {
                try ana.sign([(.sums, Array(text.utf8))], passphrase: DeskWorld.secret("ana"))
            }
        }
    }

    /// The umask belongs to the whole process: an agent once cleared it while its socket was made,
    /// and what other threads wrote at that moment nobody could read or run.
    @Test func listeningLeavesTheModesOfOtherFilesAlone() throws {
        let world = try DeskWorld(persons: ["ana"])
        let agent = try SigningAgent("\(world.folder)/ana.key")
        let socket = "\(world.folder)/again.sock"
        let listened = DispatchSemaphore(value: 0)
        let enough = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        Thread {
            while enough.wait(timeout: .now()) == .timedOut {
                try? agent.listen(at: socket, users: [getuid()]).stop()
                listened.signal()
            }
            ended.signal()
        }.start()
        defer {
            enough.signal()
            ended.wait()
        }
        var modes: Set<mode_t> = []
        var files = 0
        var sockets = 0
        // Both go on until both have done enough: on a busy machine one thread can rest for long.
        while files < 100 || sockets < 2_000 {
            modes.insert(try modeOfANewFile("\(world.folder)/file"))
            files += 1
            while listened.wait(timeout: .now()) == .success { sockets += 1 }
        }
        #expect(modes.count == 1)
    }

    private func modeOfANewFile(_ path: String) throws -> mode_t {
        let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY, 0o644)
        defer {
            close(descriptor)
            unsafe unlink(path)
        }
        var status = stat()
        try #require(unsafe fstat(descriptor, &status) == 0)
        return status.st_mode
    }
}
