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

nonisolated(unsafe) var upload = PageEvidence()

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
    let byteCount: ByteCount

    init(_ evidence: consuming SurveyedEvidence<BoringPrimitives>) {
        digests = evidence.digests
        byteCount = ByteCount(evidence.digests.byteCount)
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
