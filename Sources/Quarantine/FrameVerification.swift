internal import Agencies
internal import NativePrimitives
package import Tips

/// Why a spool file is not a frame that quarantine takes.
package enum FrameFault: Error, Equatable, Sendable {
    /// It breaks a rule of the format.
    case malformed(FormatError)
    /// It is sealed to an epoch that is not living.
    case deadEpoch
    /// Its tip has more bytes or frames than one tip may have.
    case overTipQuota
    /// It begins a tip whose key has begun one already, with another envelope.
    case secondTip
    /// It belongs to no tip, or to one that was erased.
    case noTip
}

/// A spool file was taken away, or made unreadable, while it was read.
struct SpoolFileGone: Error {}

/// Checks again, without keys, everything that intake checked: the public door may be in other
/// hands.
struct FrameVerification {
    let spool: any Spool
    let name: String
    let byteCount: Int

    private func read(at offset: Int, count: Int) throws -> [UInt8] {
        guard let bytes = try spool.read(name, at: offset, count: count) else {
            throw SpoolFileGone()
        }
        return bytes
    }

    /// The head: structure, total length, signature, living epoch.
    func head(directory: Directory, today: Day) throws -> FrameHead {
        let prefix = try read(at: 0, count: min(byteCount, FrameHead.byteLimit))
        do throws(FormatError) {
            guard let head = try FrameHead.parse(prefix: prefix.span) else { throw .truncated }
            guard byteCount >= head.frameByteCount else { throw .truncated }
            guard byteCount == head.frameByteCount else { throw .trailingBytes }
            _ = try head.envelope.verified(with: NativePrimitives.self)
            let epoch = directory.epoch(head.envelope.envelope.epoch)
            guard let epoch, epoch.isAccepted(on: today) else { throw FormatError.outOfRange }
            return head
        } catch .outOfRange {
            throw FrameFault.deadEpoch
        } catch {
            throw FrameFault.malformed(error)
        }
    }

    /// A part's header, checked against digest, length and age's own form.
    func header(_ place: FramePart) throws -> [UInt8] {
        let header = try read(at: place.header.lowerBound, count: place.header.count)
        guard place.part.accepts(header: header.span, with: NativePrimitives.self) else {
            throw FrameFault.malformed(.badHeader)
        }
        return header
    }

    /// Copies a part's payload into a new blob and compares its digest.
    func copyPayload(_ place: FramePart, to writer: any BlobWriter) throws {
        let digest = NativePrimitives.Digest()
        var offset = place.payload.lowerBound
        while offset < place.payload.upperBound {
            let count = min(QuarantineLimits.pieceBytes, place.payload.upperBound - offset)
            let bytes = try read(at: offset, count: count)
            guard bytes.count == count else { throw FrameFault.malformed(.truncated) }
            digest.update(bytes.span)
            try writer.write(bytes)
            offset += count
        }
        guard digest.finish() == place.part.payloadDigest.bytes else {
            throw FrameFault.malformed(.wrongDigest)
        }
    }
}
