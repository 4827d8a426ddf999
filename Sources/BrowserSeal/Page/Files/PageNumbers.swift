import Sealing

// A script's numbers are exact up to 2^53. They are put together from halves of 32 bits: wasm2js of
// binaryen 108 fails on a module that converts between 64 bits and a number at once.
extension ByteCount {
    /// The count that is this whole number, from 0 to 2^53 - 1.
    init(number: Double) {
        let high = UInt32(number / 4_294_967_296)
        let low = UInt32(number - Double(high) * 4_294_967_296)
        self = ByteCount(high) << 32 | ByteCount(low)
    }

    /// The number that a script has for it; not above 2^53.
    var number: Double {
        Double(UInt32(truncatingIfNeeded: self >> 32)) * 4_294_967_296
            + Double(UInt32(truncatingIfNeeded: self))
    }
}
