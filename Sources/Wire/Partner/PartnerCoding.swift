internal import Custody
package import Tips

/// Why a body of the partners' door could not be read: it is not this program's deterministic CBOR.
package struct PartnerBodyError: Error, Equatable {
    /// The first rule broken.
    package let fault: FormatError
}

/// A body of the partners' door: one item of deterministic CBOR, an array that begins with a label.
package protocol PartnerBody: Sendable {
    /// Most bytes of an encoded body.
    static var byteLimit: Int { get }
    /// Writes the item.
    func write(into writer: inout CBORWriter)
    /// Reads the item.
    static func read(_ reader: inout CBORReader) throws(FormatError) -> Self
}

extension PartnerBody {
    /// The body's bytes.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        write(into: &writer)
        return writer.bytes
    }

    /// Reads a body of at most ``byteLimit`` bytes.
    package init(decoding bytes: [UInt8]) throws(PartnerBodyError) {
        do throws(FormatError) {
            self = try CBOR.decode(bytes.span, limit: Self.byteLimit) {
                (reader) throws(FormatError) in try Self.read(&reader)
            }
        } catch {
            throw PartnerBodyError(fault: error)
        }
    }
}

extension CBORReader {
    mutating func hash() throws(FormatError) -> Hash {
        guard let hash = Hash(try bytes(count: Hash.byteCount)) else { throw .wrongLength }
        return hash
    }

    mutating func list<Element>(
        atMost limit: Int, _ element: (inout CBORReader) throws(FormatError) -> Element
    ) throws(FormatError) -> [Element] {
        let count = try arrayCount(in: 0...limit)
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }
}

extension CBORWriter {
    mutating func hash(_ hash: Hash) {
        bytes(hash.bytes)
    }

    mutating func list<Element>(
        _ elements: [Element], _ write: (inout CBORWriter, Element) -> Void
    ) {
        array(elements.count)
        for element in elements { write(&self, element) }
    }
}

/// The sizes that both sides of the partners' door keep to.
package enum PartnerLimits {
    /// Most entries of one list.
    package static let entries = 8192
    /// Most bytes of an office's or a person's name.
    package static let nameBytes = 64
    /// Most bytes of one sealed custody event.
    package static let sealedEventBytes = 8 * 1024
    /// Most bytes of a signed checkpoint.
    package static let checkpointBytes = 16 * 1024
    /// Most slots of one mailbox batch.
    package static let slots = 16 * 1024
    /// Bytes of a mailbox slot.
    package static let slotBytes = Limits.slotBytes
    /// Most signatures of a decision.
    package static let signatures = 8
    /// Most bytes of a signed acknowledgement.
    package static let acknowledgementBytes = 64 * 1024
    /// Bytes of acknowledgements after which a list of answers ends.
    package static let answerBytes = 8 * 1024 * 1024
    /// Most answers about one bundle that wait for the desk.
    package static let waitingAnswers = 8
    /// Most bytes of a release package.
    package static let releaseBytes = 4 * 1024 * 1024
    /// Least bytes per second of a body, after the first ``graceSeconds``.
    package static let leastBytesPerSecond = 4 * 1024
    /// Seconds that any body may take, however small.
    package static let graceSeconds = 30
}
