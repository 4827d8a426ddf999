package import DurableFiles
internal import Opening
package import Sealing

/// A container that is read from its start: binary or armored, header first.
package struct ContainerSource<Source: ByteSource & ~Copyable>: ~Copyable {
    private static var pieceBytes: Int { 64 * 1024 }

    private var source: Source
    /// Bytes of the container that were read and not yet given out.
    private var ready: [UInt8] = []
    private var given = 0
    private var decoder: ArmorDecoder?
    private var isAtEnd = false

    /// Whether the container comes as text.
    package var isArmored: Bool { decoder != nil }

    /// Reads the beginning of `source`, to see in which form the container comes.
    ///
    /// - Throws: ``ContainerError``.
    package init(_ source: consuming Source) throws(ContainerError) {
        self.source = source
        var start: [UInt8] = []
        while start.count <= Armor.whitespaceLimit + Armor.begin.count, !isAtEnd {
            start += try readPiece()
        }
        if Armor.isLikely(start.span) {
            decoder = ArmorDecoder()
            try decode(start.span)
        } else {
            ready = start
        }
    }

    /// The header, with which every container begins.
    ///
    /// - Throws: ``ContainerError``.
    package mutating func header() throws(ContainerError) -> (header: Header, byteCount: Int) {
        while true {
            do throws(HeaderError) {
                let parsed = try Header.parse(ready.span)
                given = parsed.byteCount
                return parsed
            } catch {
                guard error == .truncated, try refill() else { throw .opening(.header(error)) }
                // What comes in small pieces is parsed anew only each time it has doubled.
                let enough = 2 * ready.count
                while ready.count < enough, try refill() {}
            }
        }
    }

    /// The nonce with which the payload begins; comes after the header.
    ///
    /// - Throws: ``ContainerError``.
    mutating func payloadNonce() throws(ContainerError) -> [UInt8] {
        while ready.count - given < Payload.nonceBytes {
            guard try refill() else { throw .opening(.truncatedPayload) }
        }
        defer { given += Payload.nonceBytes }
        return [UInt8](ready[given..<given + Payload.nonceBytes])
    }

    /// Reads up to `space.count` bytes of what comes next; 0 only at the end.
    package mutating func read(
        into space: inout MutableSpan<UInt8>
    ) throws(ContainerError) -> Int {
        while given == ready.count {
            ready.removeAll(keepingCapacity: true)
            given = 0
            guard isArmored else { return try readBytes(&source, into: &space) }
            guard try refill() else { return 0 }
        }
        let count = min(space.count, ready.count - given)
        space.write(ready.span.extracting(given..<given + count), at: 0)
        given += count
        return count
    }

    /// Reads more into ``ready``; false at the end.
    private mutating func refill() throws(ContainerError) -> Bool {
        guard !isAtEnd else { return false }
        let piece = try readPiece()
        if isArmored { try decode(piece.span) } else { ready += piece }
        return true
    }

    private mutating func readPiece() throws(ContainerError) -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        var space = piece.mutableSpan
        let count = try readBytes(&source, into: &space)
        if count == 0 { isAtEnd = true }
        piece.removeLast(piece.count - count)
        return piece
    }

    private mutating func decode(_ text: Span<UInt8>) throws(ContainerError) {
        do throws(ArmorError) {
            try decoder?.update(text, into: &ready)
            if isAtEnd { try decoder?.finish(into: &ready) }
        } catch {
            throw .opening(.armor(error))
        }
    }
}
