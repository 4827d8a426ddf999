import Composing
import Sealing
import Tips

/// Seals a supplement of one text part, given as its JSON text: an answer (`isWithdrawal` 0) or a
/// withdrawal; the result is its frame, and the next puzzle is bound to it.
///
/// - Parameter time: seconds since 1970 by the device's clock; only the hour is used.
@c(page_supplement) public func pageSupplement(
    _ isWithdrawal: Int32, _ text: UnsafePointer<UInt8>, _ count: Int, _ time: Double,
    _ number: Int32
) -> Int32 {
    var text = unsafe lent(text, count)
    guard let owner = unsafe page.keys, let terms = unsafe page.terms else {
        return PageCode.wrongInput.rawValue
    }
    guard PartText.pad(&text) else { return PageCode.tooLong.rawValue }
    do throws(BuildError) {
        let part = try SealedText(
            plaintext: text.span, as: isWithdrawal == 0 ? .answer : .withdrawal,
            to: terms.recipient, with: BoringPrimitives.self)
        return keep(
            try SupplementBuilder.build(
                part, at: place(time, number), terms: terms, keys: owner.keys))
    } catch {
        return code(of: error).rawValue
    }
}

/// The place of the `number`th supplement at this time.
func place(_ time: Double, _ number: Int32) -> SupplementPlace {
    // Seconds that fit 32 bits, whatever a wrong clock says.
    let seconds = time >= 0 && time < 2_147_483_647 ? Int32(time) : 0
    return SupplementPlace(count: Int(number), unixTime: Int(seconds), firstEnvelope: nil)
}
