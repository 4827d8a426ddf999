import Composing
import Sealing
import Tips

/// Seals a tip given as `TIP.json`; the result is its frame, and the next puzzle is bound to it.
@c(page_tip) public func pageTip(_ draft: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let text = unsafe lent(draft, count)
    guard let owner = unsafe page.keys, let terms = unsafe page.terms,
        let draft = try? TipDraft(parsing: text.span)
    else { return PageCode.wrongInput.rawValue }
    do throws(BuildError) {
        return keep(try TipBuilder.build(draft, terms: terms, keys: owner.keys))
    } catch {
        return code(of: error).rawValue
    }
}

/// Seals a supplement of one JSON part: an answer (`isWithdrawal` 0) or a withdrawal; the result is
/// its frame.
///
/// - Parameter time: seconds since 1970 by the device's clock; only the hour is used.
@c(page_supplement) public func pageSupplement(
    _ isWithdrawal: Int32, _ content: UnsafePointer<UInt8>, _ count: Int, _ time: Double,
    _ number: Int32
) -> Int32 {
    let text = unsafe lent(content, count)
    let partClass: PartClass = isWithdrawal == 0 ? .answer : .withdrawal
    guard let owner = unsafe page.keys, let terms = unsafe page.terms,
        let object = try? JSON.parse(text.span).asObject(),
        let content = try? TipContent(object, as: partClass)
    else { return PageCode.wrongInput.rawValue }
    do throws(BuildError) {
        return keep(
            try SupplementBuilder.build(
                content, at: place(time, number), terms: terms, keys: owner.keys))
    } catch {
        return code(of: error).rawValue
    }
}

/// The place of the `number`th supplement at this time.
func place(_ time: Double, _ number: Int32) -> SupplementPlace {
    SupplementPlace(count: Int(number), unixTime: Int(clampingSeconds(time)), firstEnvelope: nil)
}

/// Seconds that fit 32 bits, whatever a wrong clock says.
private func clampingSeconds(_ time: Double) -> Int32 {
    time >= 0 && time < 2_147_483_647 ? Int32(time) : 0
}

private func keep(_ frame: Frame) -> Int32 {
    unsafe page.digest = frame.envelope.digest
    unsafe pageResult.set(frame.encoded)
    return PageCode.done.rawValue
}

/// What to tell the page of an error in making a tip.
func code(of error: BuildError) -> PageCode {
    switch error {
    case .tooLong: .tooLong
    case .outOfMemory: .memory
    case .noOpenEpoch: .directory
    default: .wrongInput
    }
}
