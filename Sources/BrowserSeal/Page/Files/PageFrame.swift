import Composing
import Sealing
import Tips

/// Begins the second pass, which makes the frame.
@c(page_frame) public func pageFrame() -> Int32 {
    guard let plan = unsafe upload.plan, let surveyed = unsafe upload.surveyed else {
        return PageCode.wrongInput.rawValue
    }
    do throws(EvidenceError) {
        unsafe upload.frame = PageFrame(
            try EvidenceFrame(plan.plan, digests: surveyed.digests))
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}

/// Which mebibyte of the file the next call of `page_frame_next` needs; -1 when none.
@c(page_frame_needs) public func pageFrameNeeds() -> Int32 {
    Int32(unsafe upload.frame?.frame.neededChunk ?? -1)
}

/// The next bytes of the frame; ``PageCode/nothing`` at its end.
@c(page_frame_next) public func pageFrameNext(
    _ chunk: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let pass = unsafe upload.frame else { return PageCode.wrongInput.rawValue }
    do throws(EvidenceError) {
        let span = unsafe UnsafeBufferPointer(start: chunk, count: count).span
        guard let bytes = try pass.frame.next(span) else { return PageCode.nothing.rawValue }
        unsafe pageResult.set(bytes)
        return PageCode.done.rawValue
    } catch {
        return code(of: error).rawValue
    }
}
