internal import NativePrimitives
internal import Sealing
internal import Tips

/// Turns the plaintext of a part, as `age -d` yields it, into its original, and checks both.
///
/// Evidence is unpacked from its one-member tar; every other class is its own original. What has
/// been given out counts only once ``finish()`` has returned: write it where it can vanish.
package struct OriginalReader: ~Copyable {
    private let name: String
    private let part: BundlePredicate.Part
    private let plaintext = LibcryptoSHA256()
    private let original = LibcryptoSHA256()
    private var evidence: EvidenceTarReader?

    /// A reader for `part`, whose file is called `name`.
    package init(_ part: BundlePredicate.Part, name: String) {
        self.part = part
        self.name = name
        evidence = part.partClass == .evidence ? EvidenceTarReader() : nil
    }

    /// Takes the next bytes of plaintext and appends those of the original to `output`.
    ///
    /// - Throws: ``BundleRefusal/badEvidence(_:_:)``; the reader is of no use afterwards.
    package mutating func push(
        _ bytes: Span<UInt8>, into output: inout [UInt8]
    ) throws(BundleRefusal) {
        plaintext.update(bytes)
        let start = output.count
        if evidence == nil {
            output.append(copying: bytes)
        } else {
            do throws(EvidenceTarError) {
                try evidence?.push(bytes, into: &output)
            } catch {
                throw .badEvidence(name, error)
            }
        }
        original.update(output.span.extracting(start..<output.count))
    }

    /// Ends reading: the plaintext and the original are the ones that were signed.
    ///
    /// - Throws: ``BundleRefusal/badEvidence(_:_:)``, ``BundleRefusal/alteredPlaintext(_:)``,
    ///   ``BundleRefusal/alteredOriginal(_:)``.
    package consuming func finish() throws(BundleRefusal) {
        if let evidence {
            do throws(EvidenceTarError) {
                try evidence.finish()
            } catch {
                throw .badEvidence(name, error)
            }
        }
        guard plaintext.finish() == part.plaintext.bytes else { throw .alteredPlaintext(name) }
        guard original.finish() == part.original.bytes else { throw .alteredOriginal(name) }
    }
}
