/// Why bytes are not one of this module's binary formats; each names the first rule broken.
package enum FormatError: Error, Equatable {
    /// The input ended too early.
    case truncated
    /// There are bytes after the end.
    case trailingBytes
    /// More bytes, parts or items than a limit of ``Limits`` allows.
    case tooLarge
    /// Nested deeper than ``Limits/cborDepth``.
    case tooDeep
    /// A longer encoding of a number or length than the shortest one.
    case notShortest
    /// A kind of CBOR item that these formats do not use (maps, tags, floats, indefinite lengths).
    case unsupportedItem
    /// Another kind of item than the format has at this place.
    case unexpectedItem
    /// Another label: another format, or another version of it.
    case wrongLabel
    /// An array, byte string or text of another length than the format has at this place.
    case wrongLength
    /// A number outside its range.
    case outOfRange
    /// Text that is not valid UTF-8, or has characters its field does not allow.
    case badText
    /// A length that padding never gives, or padding that is not what the writer writes.
    case wrongPadding
    /// A list that must be without repetition, or in order, is not.
    case notDistinct
    /// A signature does not verify.
    case badSignature
    /// Bytes do not have the digest that was signed for them.
    case wrongDigest
    /// A part's header is not an age header of the signed length.
    case badHeader
    /// A signed structure belongs to another tip.
    case otherTip
}
