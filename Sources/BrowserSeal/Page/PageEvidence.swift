import Composing
import Sealing
import Tips

/// The file that is being sent: first pass, plan, second pass (DESIGN §4, *Resuming*).
struct PageEvidence {
    var survey: PageSurvey?
    var surveyed: PageSurveyed?
    var plan: PagePlan?
    var frame: PageFrame?
}

/// A first pass under way, by reference.
final class PageSurvey {
    var survey: EvidenceSurvey<BoringPrimitives>?

    init(_ survey: consuming EvidenceSurvey<BoringPrimitives>) {
        self.survey = consume survey
    }
}

/// What a first pass learnt, by reference.
final class PageSurveyed {
    var evidence: SurveyedEvidence<BoringPrimitives>?
    let digests: ChunkDigests
    let byteCount: Int

    init(_ evidence: consuming SurveyedEvidence<BoringPrimitives>) {
        digests = evidence.digests
        byteCount = Int(evidence.digests.byteCount)
        self.evidence = consume evidence
    }
}

/// A plan, by reference.
final class PagePlan {
    let plan: EvidencePlan<BoringPrimitives>

    init(_ plan: consuming EvidencePlan<BoringPrimitives>) {
        self.plan = plan
    }
}

/// A second pass under way, by reference.
final class PageFrame {
    var frame: EvidenceFrame<BoringPrimitives>

    init(_ frame: consuming EvidenceFrame<BoringPrimitives>) {
        self.frame = frame
    }
}

/// Begins the first pass over a file of so many bytes.
@c(page_survey) public func pageSurvey(_ byteCount: Double) -> Int32 {
    unsafe page.evidence = PageEvidence()
    guard byteCount >= 1 else { return PageCode.empty.rawValue }
    guard byteCount < 2_147_483_647 else { return PageCode.tooLarge.rawValue }
    do throws(EvidenceError) {
        unsafe page.evidence.survey = PageSurvey(try EvidenceSurvey(byteCount: Int(byteCount)))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// Takes the next mebibyte of the file.
@c(page_survey_add) public func pageSurveyAdd(
    _ chunk: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let pass = unsafe page.evidence.survey, var survey = pass.survey.take() else {
        return PageCode.wrongInput.rawValue
    }
    do throws(EvidenceError) {
        try survey.add(unsafe UnsafeBufferPointer(start: chunk, count: count).span)
        pass.survey = consume survey
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// Ends the first pass; the result is where the state of an upload of this file would be parked.
@c(page_survey_end) public func pageSurveyEnd() -> Int32 {
    guard let survey = unsafe page.evidence.survey?.survey.take(),
        let owner = unsafe page.keys
    else { return PageCode.wrongInput.rawValue }
    unsafe page.evidence.survey = nil
    do throws(EvidenceError) {
        let surveyed = PageSurveyed(try survey.finish())
        unsafe page.evidence.surveyed = surveyed
        let parking = parkedKeys(owner, surveyed.digests)
        unsafe pageResult.set([UInt8](parking.address.hex.utf8))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

func parkedKeys(_ owner: PageKeys, _ digests: ChunkDigests) -> ParkedKeys<BoringPrimitives> {
    ParkedKeys(
        resumeSecret: owner.keys.resumeSecret, root: digests.root(with: BoringPrimitives.self))
}

/// Opens what the door had parked for this file.
///
/// - Returns: ``PageCode/nothing`` when nothing of ours is parked there, or for another epoch than
///   `epoch`, or for another length of file.
@c(page_parked_open) public func pageParkedOpen(
    _ box: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let owner = unsafe page.keys, let surveyed = unsafe page.evidence.surveyed,
        let terms = unsafe page.terms
    else { return PageCode.wrongInput.rawValue }
    let box = unsafe lent(box, count)
    let parking = parkedKeys(owner, surveyed.digests)
    do throws(FormatError) {
        guard let state = try ParkedState.open(box.span, with: parking),
            state.head.envelope.envelope.epoch == terms.epoch,
            let plan = EvidencePlan(state, byteCount: surveyed.byteCount)
        else { return PageCode.nothing.rawValue }
        unsafe page.evidence.plan = PagePlan(plan)
        return PageCode.done.rawValue
    } catch {
        return PageCode.nothing.rawValue
    }
}

/// Makes the plan of a new upload of the file, under the name it had.
@c(page_plan) public func pagePlan(
    _ name: UnsafePointer<UInt8>, _ count: Int, _ time: Double, _ number: Int32
) -> Int32 {
    guard let owner = unsafe page.keys, let terms = unsafe page.terms,
        let evidence = unsafe page.evidence.surveyed?.evidence.take()
    else { return PageCode.wrongInput.rawValue }
    let name = unsafe String(decoding: lent(name, count), as: UTF8.self)
    do throws(EvidenceError) {
        unsafe page.evidence.plan = PagePlan(
            try evidence.plan(
                name: name, at: place(time, number), terms: terms, keys: owner.keys))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// The head of the planned frame, to create the upload with; the next puzzle is bound to it.
@c(page_plan_head) public func pagePlanHead() -> Int32 {
    guard let plan = unsafe page.evidence.plan else { return PageCode.wrongInput.rawValue }
    let head = plan.plan.head
    unsafe page.digest = .of(head.envelope.encoded.span, with: BoringPrimitives.self)
    unsafe pageResult.set(head.encoded)
    return PageCode.done.rawValue
}

/// Bytes of the whole planned frame.
@c(page_plan_length) public func pagePlanLength() -> Double {
    guard let plan = unsafe page.evidence.plan else { return 0 }
    return Double(plan.plan.head.frameByteCount)
}

/// Seals what is needed to come back to the upload that the door calls `token`; the result is the
/// body of the request to park it, and the next puzzle is bound to that.
@c(page_park) public func pagePark(_ token: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard let owner = unsafe page.keys, let plan = unsafe page.evidence.plan,
        let surveyed = unsafe page.evidence.surveyed
    else { return PageCode.wrongInput.rawValue }
    let token = unsafe String(decoding: lent(token, count), as: UTF8.self)
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

/// Begins the second pass, which makes the frame.
@c(page_frame) public func pageFrame() -> Int32 {
    guard let plan = unsafe page.evidence.plan, let surveyed = unsafe page.evidence.surveyed else {
        return PageCode.wrongInput.rawValue
    }
    do throws(EvidenceError) {
        unsafe page.evidence.frame = PageFrame(
            try EvidenceFrame(plan.plan, digests: surveyed.digests))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// Which mebibyte of the file the next call of `page_frame_next` needs; -1 when none.
@c(page_frame_needs) public func pageFrameNeeds() -> Int32 {
    Int32(unsafe page.evidence.frame?.frame.neededChunk ?? -1)
}

/// The next bytes of the frame; ``PageCode/nothing`` at its end.
@c(page_frame_next) public func pageFrameNext(
    _ chunk: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let pass = unsafe page.evidence.frame else { return PageCode.wrongInput.rawValue }
    do throws(EvidenceError) {
        let span = unsafe UnsafeBufferPointer(start: chunk, count: count).span
        guard let bytes = try pass.frame.next(span) else { return PageCode.nothing.rawValue }
        unsafe pageResult.set(bytes)
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// What to tell the page of an error with a file.
func code(of error: EvidenceError) -> PageCode {
    switch error {
    case .changed: .changed
    case .empty: .empty
    case .tooLarge: .tooLarge
    case .build(let error): code(of: error)
    case .format, .sealing: .wrongInput
    }
}
