import DurableFiles
import Glibc
import Intake
import NativePrimitives
import Serving
import Testing
import Tips
import Wire

@Suite struct TimesTests {
    /// The files and directories under `path` whose times are finer than the hour.
    private func telling(_ path: String) throws -> [String] {
        var status = stat()
        #expect(unsafe lstat(path, &status) == 0)
        let isCoarse = status.st_mtim.tv_sec % 3600 == 0 && status.st_mtim.tv_nsec == 0
        let below =
            status.st_mode & S_IFMT == S_IFDIR
            ? try Durable.list(path).flatMap { try telling(path + "/" + $0) } : []
        return (isCoarse ? [] : [path]) + below
    }

    @Test func `No file and no directory tells when something came`() async throws {
        let door = try Door()
        let places = ["spool/new", "spool/tmp", "spool/uploads", "parked", "tmp"]
        func expectCoarse(at place: SourceLocation = #_sourceLocation) throws {
            let found = try places.flatMap { try telling(door.path + "/data/" + $0) }
            #expect(found.isEmpty, sourceLocation: place)
        }
        let (tip, evidence) = (try Sample.tip(), try Sample.evidence(bytes: 9000))
        let other = try Sample.evidence(bytes: 9000)
        let start = evidence.head.byteCount
        try await door.serve { client in
            try expectCoarse()
            _ = try await client.send(tip.bytes, tip.digest)
            try expectCoarse()
            let location = try #require(try await client.create(evidence).fields["location"])
            try expectCoarse()
            _ = try await client.append(evidence, start..<start + 100, to: location)
            try expectCoarse()
            let rest = start + 100..<evidence.bytes.count
            expectEqual(try await client.append(evidence, rest, to: location).status, 202)
            try expectCoarse()
            let cancelled = try #require(try await client.create(other).fields["location"])
            expectEqual(try await client.ask("DELETE", cancelled).status, 204)
            try expectCoarse()
        }
    }

    @Test func `Nor does the spool tell for long when dispatch took something`() async throws {
        let door = try Door()
        door.settings.refresh = .milliseconds(20)
        let tip = try Sample.tip()
        let new = door.path + "/data/spool/new"
        try await door.serve { client in
            _ = try await client.send(tip.bytes, tip.digest)
            for name in try Durable.list(new) { try Durable.remove(new + "/" + name) }
            try await expectEventually {
                var status = stat()
                #expect(unsafe lstat(new, &status) == 0)
                return status.st_mtim.tv_sec % 3600 == 0 && status.st_mtim.tv_nsec == 0
            }
        }
    }
}
