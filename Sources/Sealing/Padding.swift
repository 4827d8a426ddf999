/// Padmé (Nikitin et al., PoPETs 2019): sizes with few distinct values and at most 12 % overhead
/// (Container §8).
package enum Padding {
    /// Every small part is padded to this many bytes of plaintext, so that all look alike.
    package static let floorBytes = 1024

    /// The padded length for `length` bytes: Padmé, and never below ``floorBytes``.
    package static func paddedLength<Count: FixedWidthInteger>(_ length: Count) -> Count {
        guard length > floorBytes else { return Count(floorBytes) }
        let mask = mask(of: length)
        return (length + mask) & ~mask
    }

    /// Whether `length` is a length that ``paddedLength(_:)`` returns.
    package static func isPadded(_ length: some FixedWidthInteger) -> Bool {
        length >= floorBytes && length & mask(of: length) == 0
    }

    /// The low bits of a padded length at least ``floorBytes``, which are zero.
    private static func mask<Count: FixedWidthInteger>(of length: Count) -> Count {
        let exponent = Count.bitWidth - 1 - length.leadingZeroBitCount
        let significant = Int.bitWidth - exponent.leadingZeroBitCount
        return (Count(1) << (exponent - significant)) - 1
    }
}
