import DurableFiles
import Intake
import Logging
import Testing
import Tips

/// A disk that does not answer must not pass for an empty one.
@Suite struct DamageTests {
    private func open(_ door: Door) throws -> PublicDoor {
        try PublicDoor(
            door.settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            epochs: door.epochs, clock: { [clock = door.clock] in clock.now })
    }

    @Test func `Only what is surely not there counts as absent`() throws {
        let door = try Door()
        #expect(try !Durable.isPresent(door.path + "/none"))
        #expect(try Durable.readIfPresent(door.path + "/none", limit: 10) == nil)
        try Durable.write([1].span, to: door.path + "/file")
        #expect(try Durable.isPresent(door.path + "/file"))
        // ENOTDIR stands for every error but ENOENT.
        #expect(throws: FileError.self) { try Durable.isPresent(door.path + "/file/x") }
        #expect(throws: FileError.self) {
            try Durable.readIfPresent(door.path + "/file/x", limit: 10)
        }
    }

    @Test func `An upload whose state cannot be read keeps the door shut, and is kept`()
        async throws
    {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 5000)
        var location = ""
        try await door.serve { client in
            location = try #require(try await client.create(evidence).fields["location"])
        }
        let directory = door.path + "/data/spool" + location
        try Durable.remove(directory + "/state")
        try Durable.createDirectory(directory + "/state")
        #expect(throws: FileError.self) { try open(door) }
        #expect(try Durable.isPresent(directory + "/frame"))
    }

    @Test func `A mark of the newest directory that is damaged keeps the door shut`() throws {
        let door = try Door()
        _ = try open(door)
        try Durable.write(
            Array("5 what is this\n".utf8).span, to: door.path + "/data/directory-mark")
        #expect(throws: FileError.self) { try open(door) }
    }
}
