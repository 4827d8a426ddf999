import Composing
import Sealing
import Tips

/// Makes the plan of a new upload of the file, under the name it had.
@c(page_plan) public func pagePlan(
    _ name: UnsafePointer<UInt8>, _ count: Int, _ time: Double, _ number: Int32
) -> Int32 {
    guard count <= Limits.fileNameBytes, let owner = unsafe page.keys,
        let terms = unsafe page.terms,
        let evidence = unsafe upload.surveyed?.evidence.take()
    else { return PageCode.wrongInput.rawValue }
    let name = unsafe lent(name, count)
    do throws(EvidenceError) {
        unsafe upload.plan = PagePlan(
            try evidence.plan(
                name: name, at: place(time, number), terms: terms, keys: owner.keys))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// The head of the planned frame, to create the upload with; the next puzzle is bound to it.
@c(page_plan_head) public func pagePlanHead() -> Int32 {
    guard let plan = unsafe upload.plan else { return PageCode.wrongInput.rawValue }
    let head = plan.plan.head
    unsafe page.digest = .of(head.envelope.encoded.span, with: BoringPrimitives.self)
    unsafe pageResult.set(head.encoded)
    return PageCode.done.rawValue
}

/// Bytes of the whole planned frame.
@c(page_plan_length) public func pagePlanLength() -> Double {
    guard let plan = unsafe upload.plan else { return 0 }
    return plan.plan.head.frameByteCount.number
}

/// Seals what is needed to come back to the upload that the door calls `token`; the result is the
/// body of the request to park it, and the next puzzle is bound to that.
@c(page_park) public func pagePark(_ token: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard let owner = unsafe page.keys, let plan = unsafe upload.plan,
        let surveyed = unsafe upload.surveyed
    else { return PageCode.wrongInput.rawValue }
    let token = unsafe lent(token, count)
    let parking = parkedKeys(owner, surveyed.digests)
    do throws(FormatError) {
        let state = try plan.plan.parked(token: token).sealed(with: parking)
        let request = try ParkRequest.signing(
            state, address: parking.address, by: owner.keys.signer)
        let body = request.encoded
        unsafe page.digest = .of(body.span, with: BoringPrimitives.self)
        unsafe pageResult.set(body)
        return PageCode.done.rawValue
    } catch {
        return PageCode.wrongInput.rawValue
    }
}
