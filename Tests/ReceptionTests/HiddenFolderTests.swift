import DurableFiles
import Foundation
import Testing

@testable import Reception

/// What an unfinished opening has written in the clear.
struct HiddenFolderTests {
    @Test("A program that a signal ends leaves nothing of it, even while it is being written")
    func removed() throws {
        let path = NSTemporaryDirectory() + "hidden-" + UUID().uuidString
        let files = FileManager.default
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: path) }
        var folder = try HiddenFolder(for: path + "/case")
        try folder.makeFolder("parts")
        try folder.write([1, 2, 3], to: "predicate.json")
        try folder.write([1, 2, 3], to: "parts/00-report.json")
        let hidden = try #require(try files.contentsOfDirectory(atPath: path).first)
        let writer = Thread {
            for number in 0..<2000 {
                try? Data([1]).write(to: URL(fileURLWithPath: "\(path)/\(hidden)/\(number)"))
            }
        }
        writer.start()
        // Not all: other tests have folders of their own.
        #expect(Unfinished.all.contains("\(path)/\(hidden)"))
        Unfinished.remove("\(path)/\(hidden)")
        #expect(try files.contentsOfDirectory(atPath: path) == [])
        while !writer.isFinished { Thread.sleep(forTimeInterval: 0.01) }
        #expect(try files.contentsOfDirectory(atPath: path) == [])
        drop(folder)
        #expect(try files.contentsOfDirectory(atPath: path) == [])
    }

    @Test("A finished folder is nobody's to remove")
    func finished() throws {
        let path = NSTemporaryDirectory() + "hidden-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try HiddenFolder(for: path + "/case")
        try folder.write([1], to: "predicate.json")
        try folder.commit()
        #expect(Unfinished.all.allSatisfy { !$0.hasPrefix(path) })
        #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/case").count == 1)
    }

    private func drop(_ folder: consuming HiddenFolder) {}
}
