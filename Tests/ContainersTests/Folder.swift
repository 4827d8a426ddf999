import DurableFiles
import Foundation

/// A folder for one test, removed when the test ends.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "containers-\(UUID().uuidString)"
        try Durable.createDirectory(path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
