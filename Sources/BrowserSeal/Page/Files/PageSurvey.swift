import Composing
import Sealing
import Tips

/// Begins the first pass over a file of so many bytes.
@c(page_survey) public func pageSurvey(_ byteCount: Double) -> Int32 {
    unsafe upload = PageEvidence()
    guard byteCount >= 1 else { return PageCode.empty.rawValue }
    // What a script's number says exactly.
    guard byteCount <= 9_007_199_254_740_991 else { return PageCode.tooLarge.rawValue }
    do throws(EvidenceError) {
        unsafe upload.survey = PageSurvey(
            try EvidenceSurvey(byteCount: ByteCount(number: byteCount)))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// Takes the next mebibyte of the file.
@c(page_survey_add) public func pageSurveyAdd(
    _ chunk: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let pass = unsafe upload.survey, var survey = pass.survey.take() else {
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
    guard let survey = unsafe upload.survey?.survey.take(),
        let owner = unsafe page.keys
    else { return PageCode.wrongInput.rawValue }
    unsafe upload.survey = nil
    do throws(EvidenceError) {
        let surveyed = PageSurveyed(try survey.finish())
        unsafe upload.surveyed = surveyed
        let parking = parkedKeys(owner, surveyed.digests)
        unsafe pageResult.set(parking.address.hexDigits)
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

func parkedKeys(_ owner: PageKeys, _ digests: ChunkDigests) -> ParkedKeys<BoringPrimitives> {
    ParkedKeys(
        resumeSecret: owner.keys.resumeSecret, root: digests.root(with: BoringPrimitives.self))
}

/// Opens what the door had parked for this file; the result is the name it gave the upload.
///
/// - Returns: ``PageCode/nothing`` when nothing of ours is parked there, or for another epoch than
///   `epoch`, or for another length of file.
@c(page_parked_open) public func pageParkedOpen(
    _ box: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let owner = unsafe page.keys, let surveyed = unsafe upload.surveyed,
        let terms = unsafe page.terms
    else { return PageCode.wrongInput.rawValue }
    let box = unsafe lent(box, count)
    let parking = parkedKeys(owner, surveyed.digests)
    do throws(FormatError) {
        guard let state = try ParkedState.open(box.span, with: parking),
            state.head.envelope.envelope.epoch == terms.epoch,
            let plan = EvidencePlan(state, byteCount: surveyed.byteCount)
        else { return PageCode.nothing.rawValue }
        unsafe upload.plan = PagePlan(plan)
        unsafe pageResult.set([UInt8](state.uploadToken.utf8))
        return PageCode.done.rawValue
    } catch {
        return PageCode.nothing.rawValue
    }
}
