package import Sealing

/// Reads an evidence archive in pieces of any size and gives back the original's bytes.
///
/// What has been given out is proved to be the whole original only when ``finish()`` returns.
package struct EvidenceTarReader: Sendable {
    private var header: [UInt8] = []
    private var size: ByteCount = 0
    private var position: ByteCount = 0

    /// A reader at the start.
    package init() {}

    /// The size of the original in bytes; nil until the header is read.
    package var originalSize: ByteCount? {
        header.count == EvidenceTar.blockBytes ? size : nil
    }

    /// Takes the next bytes and appends those of the original to `original`.
    ///
    /// - Throws: ``EvidenceTarError``; the reader is of no use afterwards.
    package mutating func push(
        _ bytes: Span<UInt8>, into original: inout [UInt8]
    ) throws(EvidenceTarError) {
        var start = 0
        while start < bytes.count, header.count < EvidenceTar.blockBytes {
            header.append(bytes[start])
            start += 1
            position += 1
            if header.count == EvidenceTar.blockBytes { size = try readHeader() }
        }
        let dataEnd = ByteCount(EvidenceTar.blockBytes) + size
        if start < bytes.count, position < dataEnd {
            let count = Int(min(ByteCount(bytes.count - start), dataEnd - position))
            original.append(copying: bytes.extracting(start..<start + count))
            start += count
            position += ByteCount(count)
        }
        try takeTail(bytes.extracting(start..<bytes.count))
    }

    /// Ends reading.
    ///
    /// - Throws: ``EvidenceTarError/wrongLength`` unless everything was there.
    package consuming func finish() throws(EvidenceTarError) {
        guard originalSize != nil, position == EvidenceTar.totalLength(size: size) else {
            throw .wrongLength
        }
    }

    private mutating func takeTail(_ bytes: Span<UInt8>) throws(EvidenceTarError) {
        let block = ByteCount(EvidenceTar.blockBytes)
        let blocksStart = block + EvidenceTar.filled(size)
        for index in 0..<bytes.count {
            if bytes[index] != 0 {
                // Where tar looks for the next header, a byte that is not zero begins one.
                let isHeader = position >= blocksStart && position % block == 0
                throw isHeader ? .secondMember : .nonZeroTail
            }
            position += 1
        }
        guard bytes.count == 0 || position <= EvidenceTar.totalLength(size: size) else {
            throw .wrongLength
        }
    }

    /// The size that the header tells, once the header is exactly ours for that size.
    private func readHeader() throws(EvidenceTarError) -> ByteCount {
        var size: ByteCount = 0
        for digit in header[124..<135] {
            guard (0x30...0x37).contains(digit) else { throw .badHeader }
            let (eightfold, overflow) = size.multipliedReportingOverflow(by: 8)
            guard !overflow else { throw .badHeader }
            size = eightfold + ByteCount(digit - 0x30)
        }
        guard let ours = EvidenceTar.header(size: size) else { throw .badHeader }
        guard header[156] == ours[156] else { throw .notAFile }
        guard header[0..<100] == ours[0..<100], header[345..<500] == ours[345..<500] else {
            throw .otherName
        }
        guard header == ours else { throw .badHeader }
        return size
    }
}
