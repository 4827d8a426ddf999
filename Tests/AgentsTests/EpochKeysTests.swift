import Custody
import DeskKit
import DurableFiles
import Foundation
import NativePrimitives
import Sealing
import Testing

@testable import Agents

/// Making an epoch's keys, and destroying them.
struct EpochKeysTests {
    private func keys(_ world: DeskWorld) throws -> (keys: DeskKeys, folder: String) {
        let folder = world.folder + "/keys"
        return (try DeskKeys.open(folder) { DeskWorld.secret("desk") }, folder)
    }

    /// Whoever was cut off before the lines were printed gets the same ones.
    @Test func keysAreMadeOnce() throws {
        let world = try DeskWorld()
        let (keys, folder) = try keys(world)
        let first = try keys.publicEpoch(2)
        let again = try keys.publicEpoch(2)
        #expect(first.isNew && !again.isNew)
        #expect(first.epoch == again.epoch)
        #expect(try keys.publicEpoch(1).epoch == world.epoch)
        #expect(try DeskKeys.epochNumbers(in: folder) == [1, 2])
    }

    @Test func aDestroyedKeyIsWrittenOverAndGone() throws {
        let world = try DeskWorld()
        let (keys, folder) = try keys(world)
        _ = try keys.publicEpoch(2)
        let path = folder + "/epoch-1.age"
        let was = try Durable.read(path, limit: 1 << 20)
        // A second name of the same bytes on the disk shows what became of them.
        let spy = folder + "/spy"
        try FileManager.default.linkItem(atPath: path, toPath: spy)
        let half: [UInt8] = [1, 2]
        try Durable.write(half.span, to: folder + "/.epoch-1.age.1f.tmp")
        try DeskKeys.destroyEpoch(1, in: folder)
        #expect(try DeskKeys.epochNumbers(in: folder) == [2])
        let left = try Durable.read(spy, limit: 1 << 20)
        #expect(left.count == was.count && left.prefix(64) != was.prefix(64))
        #expect(left.suffix(64) != was.suffix(64))
        #expect(!Durable.exists(folder + "/.epoch-1.age.1f.tmp"))
        try DeskKeys.destroyEpoch(1, in: folder)
    }

    /// The number 1 is not the beginning of 10.
    @Test func anotherEpochsKeysStay() throws {
        let world = try DeskWorld()
        let (keys, folder) = try keys(world)
        _ = try keys.publicEpoch(10)
        try DeskKeys.destroyEpoch(1, in: folder)
        #expect(try DeskKeys.epochNumbers(in: folder) == [10])
        #expect(throws: (any Error).self) { try keys.addEpoch(10) }
    }
}
