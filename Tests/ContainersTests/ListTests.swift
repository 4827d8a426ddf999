import DurableFiles
import Foundation
import Testing

/// Names in a directory.
struct ListTests {
    /// So many that one of them stands at the very end of what the system gives at once, where
    /// AddressSanitizer sees a byte too many; and of every length.
    @Test func everyNameOfALargeDirectoryIsListed() throws {
        let folder = try Folder()
        let names = (0..<2000).map { "\($0)-" + String(repeating: "x", count: $0 % 200) }.sorted()
        for name in names {
            #expect(FileManager.default.createFile(atPath: folder.path + "/" + name, contents: nil))
        }
        #expect(try Durable.list(folder.path) == names)
    }
}
