internal import Containers
internal import Forwarding
internal import NativePrimitives
internal import Opening
internal import Sealing

/// The way of one part's payload to its original: decrypt, unpack, compare.
struct PartOpening: ~Copyable {
    private var opener: PayloadOpener<NativePrimitives>
    private var reader: OriginalReader
    private let name: String

    init(
        fileKey: consuming FileKey<NativePrimitives>, reader: consuming OriginalReader, name: String
    ) {
        opener = PayloadOpener(fileKey: fileKey)
        self.reader = reader
        self.name = name
    }

    /// Takes the next bytes of the payload and gives back those of the original.
    mutating func push(_ sealed: [UInt8]) throws(BundleRefusal) -> [UInt8] {
        var plaintext: [UInt8] = []
        defer { NativePrimitives.wipe(&plaintext) }
        do throws(OpeningError) {
            try opener.update(sealed.span, into: &plaintext)
        } catch {
            throw .cannotOpen(name, error.words)
        }
        return try unpack(plaintext)
    }

    /// Ends the payload: everything was there and is what was signed.
    consuming func finish() throws(ReceptionError) -> [UInt8] {
        var plaintext: [UInt8] = []
        defer { NativePrimitives.wipe(&plaintext) }
        do throws(OpeningError) {
            try opener.finish(into: &plaintext)
        } catch {
            throw .refused(.cannotOpen(name, error.words))
        }
        do throws(BundleRefusal) {
            let original = try unpack(plaintext)
            try reader.finish()
            return original
        } catch {
            throw .refused(error)
        }
    }

    private mutating func unpack(_ plaintext: [UInt8]) throws(BundleRefusal) -> [UInt8] {
        var original: [UInt8] = []
        original.reserveCapacity(plaintext.count)
        try reader.push(plaintext.span, into: &original)
        return original
    }
}
