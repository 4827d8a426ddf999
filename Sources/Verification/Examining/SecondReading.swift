internal import Custody
internal import DurableFiles
internal import Tips

/// Lets a worker read texts again at which a worker ended when they came: the worker may have been ended
/// from outside, or its reader mended since. Each has a worker of its own.
///
/// A withdrawal that is read only now is shown to people; the case was frozen when it came, and its code
/// word does not count.
package struct SecondReading {
    private let opened: OpenedCase

    /// A second reading of this case's texts.
    package init(_ opened: OpenedCase) { self.opened = opened }

    /// Texts that nobody reads, by the numbers of their parts in the case.
    package var waiting: [Int] {
        opened.parts.indices.filter { opened.record.unread.contains(opened.parts[$0].payload) }
            .map { $0 + 1 }
    }

    /// Lets workers read them, and writes down each that a worker came through.
    ///
    /// - Returns: what came of each, in words.
    /// - Throws: ``DeskError/busy`` while somebody else works on the case, and others.
    package func run() throws(DeskError) -> [String] {
        try Verification.desk {
            let lock = try FolderLock(opened.desk.caseFolder(opened.tip))
            defer { withExtendedLifetime(lock) {} }
            let now = SecondReading(try OpenedCase(opened.tip, of: opened.desk))
            return try now.waiting.map { try now.read($0) }
        }
    }

    private func read(_ number: Int) throws -> String {
        let part = opened.parts[number - 1]
        var trial = try TextTrial(opened.desk)
        let text = try opened.file(part.payload).text(
            payload: part.payload, plaintext: part.plaintext)
        let isDropped = opened.drop?.payload == part.payload
        try trial.add(text, as: isDropped ? .dropped : .part, of: part.payload, opened.tip)
        guard try trial.unread().isEmpty else {
            return "part \(number) could not be read this time either"
        }
        try opened.append(.readAgain(part: part.payload))
        return "part \(number) could be read this time"
    }
}
