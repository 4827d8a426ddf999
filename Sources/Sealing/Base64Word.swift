/// Base64 of eight characters at once (RFC 4648 §4), in one word with a character in each byte.
///
/// Without a table, so nothing of what is coded shows in the cache, and without a branch for each
/// character, which a processor could not foresee.
enum Base64Word {
    /// The eight characters of the 48 bits in `group`; the first is the highest byte.
    static func encode(_ group: UInt64) -> UInt64 {
        let values = spread(group)
        return values &+ each(0x41) &+ from(26, values) &* 6 &- from(52, values) &* 75
            &- from(62, values) &* 15 &+ from(63, values) &* 3
    }

    /// The 48 bits of eight characters; nil when one of them is not in the alphabet.
    static func decode(_ text: UInt64) -> UInt64? {
        let plus = range(0x2B...0x2B, text)
        let slash = range(0x2F...0x2F, text)
        let digit = range(0x30...0x39, text)
        let upper = range(0x41...0x5A, text)
        let lower = range(0x61...0x7A, text)
        guard text & each(0x80) == 0, plus | slash | digit | upper | lower == each(1) else {
            return nil
        }
        return gather(
            text &+ plus &* 19 &+ slash &* 16 &+ digit &* 4 &- upper &* 65 &- lower &* 71)
    }

    /// Puts six bits of `group` into each byte. Halves it three times, moving the upper half away.
    private static func spread(_ group: UInt64) -> UInt64 {
        var bits = group & 0xFF_FFFF | (group & 0xFFFF_FF00_0000) << 8
        bits = bits & 0x0000_0FFF_0000_0FFF | (bits & 0x00FF_F000_00FF_F000) << 4
        return bits & 0x003F_003F_003F_003F | (bits & 0x0FC0_0FC0_0FC0_0FC0) << 2
    }

    /// Undoes `spread`.
    private static func gather(_ values: UInt64) -> UInt64 {
        var bits = values & 0x003F_003F_003F_003F | (values & 0x3F00_3F00_3F00_3F00) >> 2
        bits = bits & 0x0000_0FFF_0000_0FFF | (bits & 0x0FFF_0000_0FFF_0000) >> 4
        return bits & 0xFF_FFFF | (bits & 0x00FF_FFFF_0000_0000) >> 8
    }

    /// 1 in each byte of `word` that is at least `least`; right only if no byte is above 0x7F, so
    /// that no sum reaches into the next.
    private static func from(_ least: UInt8, _ word: UInt64) -> UInt64 {
        (word &+ each(0x80 - least)) >> 7 & each(1)
    }

    /// 1 in each byte of `word` that is in `bounds`; right only if no byte is above 0x7F.
    private static func range(_ bounds: ClosedRange<UInt8>, _ word: UInt64) -> UInt64 {
        from(bounds.lowerBound, word) &- from(bounds.upperBound + 1, word)
    }

    /// A word of eight times `byte`.
    private static func each(_ byte: UInt8) -> UInt64 {
        UInt64(byte) &* 0x0101_0101_0101_0101
    }
}
