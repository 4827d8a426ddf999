internal import Glibc

/// Texts of strangers that a worker reads before anybody else does.
///
/// ```
/// var batch = try TextReaders().batch()
/// try batch.append(kind, text)
/// let outcomes = try batch.read()
/// ```
/// One hostile text neither delays nor loses the others: the one at which a worker ends gets a worker
/// of its own, and what comes after it another.
package struct TextBatch: ~Copyable {
    /// Most texts of one batch.
    package static let textLimit = 4096
    /// Most bytes of all texts of one batch, in the form in which they are lent.
    package static let byteLimit = 8 << 20

    /// What became of a text.
    package enum Outcome: Equatable, Sendable {
        /// A worker read it to its end. Whether it is what it should be, whoever reads it finds again:
        /// a worker that a text has taken over must not decide about other texts.
        case read
        /// Its own worker ended before it had read it: nobody is to try again.
        case unread
    }

    private let readers: TextReaders
    private let sandbox: Sandbox
    private let started: StartedReader
    private var file: MemoryFileWriter
    private var places: [Range<Int>] = []

    init(_ readers: TextReaders, _ sandbox: Sandbox) throws(NotDone) {
        let file = try Self.emptyFile()
        started = try StartedReader(readers.worker, in: sandbox, lent: file.descriptor)
        self.file = file
        self.readers = readers
        self.sandbox = sandbox
    }

    private static func emptyFile() throws(NotDone) -> MemoryFileWriter {
        do throws(MemoryFileError) {
            return try MemoryFileWriter(limit: byteLimit)
        } catch {
            throw .notStarted
        }
    }

    /// How many texts there are.
    package var count: Int { places.count }

    /// Adds a text.
    ///
    /// - Parameter kind: what the worker is to read it as; its meaning is the caller's.
    /// - Throws: ``MemoryFileError``; ``MemoryFileError/tooLarge`` at a limit.
    package mutating func append(_ kind: UInt8, _ text: Span<UInt8>) throws(MemoryFileError) {
        guard places.count < Self.textLimit else { throw .tooLarge }
        let start = file.byteCount
        try file.append(TextForm.head(kind, text.count))
        try file.append(text)
        places.append(start..<file.byteCount)
    }

    /// Lets the worker read; the outcomes are in the texts' order.
    ///
    /// - Throws: ``NotDone`` when no worker can be started: a failure of this machine, which says
    ///   nothing about any text.
    package consuming func read() throws -> [Outcome] {
        let (readers, sandbox, places) = (readers, sandbox, places)
        let answered = try started.answers(to: places.count)
        let texts = try file.sealed()
        var outcomes = [Outcome](repeating: .read, count: answered)
        while outcomes.count < places.count {
            let one = outcomes.count..<outcomes.count + 1
            let alone = try Self.answers(to: places[one], of: texts, readers, sandbox)
            outcomes.append(alone == 1 ? .read : .unread)
            let rest = outcomes.count..<places.count
            guard !rest.isEmpty else { break }
            let more = try Self.answers(to: places[rest], of: texts, readers, sandbox)
            outcomes += [Outcome](repeating: .read, count: more)
        }
        return outcomes
    }

    /// How many of some of the texts another worker reads to their end.
    private static func answers(
        to places: ArraySlice<Range<Int>>, of texts: MemoryFile, _ readers: TextReaders,
        _ sandbox: Sandbox
    ) throws -> Int {
        var file = try emptyFile()
        let started = try StartedReader(readers.worker, in: sandbox, lent: file.descriptor)
        for place in places {
            try file.append(try texts.read(at: place.lowerBound, count: place.count))
        }
        let count = try started.answers(to: places.count)
        withExtendedLifetime(file) {}
        return count
    }
}
