import Composing
import Sealing
import Tips

// A tip is composed call by call. What its parts say is the script's affair: JSON.stringify writes
// the very bytes that the other programs write.

/// Begins an empty tip.
@c(page_tip_begin) public func pageTipBegin() {
    unsafe page.tip = TipComposition()
}

/// Gives the JSON text of the part of this class.
@c(page_tip_part) public func pageTipPart(
    _ number: Int32, _ text: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let partClass = PartClass(rawValue: UInt8(truncatingIfNeeded: number)) else {
        return PageCode.wrongInput.rawValue
    }
    do throws(BuildError) {
        return answer(try unsafe page.tip.setText(lent(text, count), of: partClass))
    } catch {
        return code(of: error).rawValue
    }
}

/// Lets an office have parts of some classes: the bit of each class's code is set.
@c(page_tip_share) public func pageTipShare(
    _ office: UnsafePointer<UInt8>, _ count: Int, _ classes: Int32
) -> Int32 {
    guard let office = unsafe officeName(office, count) else { return answer(false) }
    var left = classes
    var shared: [PartClass] = []
    for partClass in PartClass.releasable where left & (1 << Int32(partClass.rawValue)) != 0 {
        left &= ~(1 << Int32(partClass.rawValue))
        shared.append(partClass)
    }
    guard left == 0, !shared.isEmpty else { return answer(false) }
    return answer(unsafe page.tip.share(with: office, shared))
}

/// Keeps everything from an office.
@c(page_tip_never) public func pageTipNever(
    _ office: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let office = unsafe officeName(office, count) else { return answer(false) }
    return answer(unsafe page.tip.neverShare(with: office))
}

/// Sets the word that a true withdrawal needs.
@c(page_tip_word) public func pageTipWord(_ word: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let word = unsafe lent(word, count)
    guard word.contains(where: { $0 != 0x20 }) else { return answer(false) }
    do throws(PrimitiveFailure) {
        unsafe page.tip.lock = try .make(codeWord: word.span, with: BoringPrimitives.self)
        return PageCode.done.rawValue
    } catch {
        return PageCode.memory.rawValue
    }
}

/// Sets what to tell in the mailbox: 1 for progress, 0 for nothing.
@c(page_tip_wish) public func pageTipWish(_ wishes: Int32) {
    unsafe page.tip.wishes = wishes == 1 ? .progress : []
}

/// Seals the tip; the result is its frame, and the next puzzle is bound to it.
@c(page_tip) public func pageTip() -> Int32 {
    guard let owner = unsafe page.keys, let terms = unsafe page.terms else { return answer(false) }
    do throws(BuildError) {
        return keep(try TipBuilder.build(unsafe page.tip, terms: terms, keys: owner.keys))
    } catch {
        return code(of: error).rawValue
    }
}

/// Keeps a frame as the result.
func keep(_ frame: Frame) -> Int32 {
    unsafe page.digest = frame.envelope.digest
    unsafe pageResult.set(frame.encoded)
    return PageCode.done.rawValue
}

/// What to tell the page of an error in making a tip.
func code(of error: BuildError) -> PageCode {
    switch error {
    case .tooLong: .tooLong
    case .outOfMemory: .memory
    default: .wrongInput
    }
}

private func answer(_ isDone: Bool) -> Int32 {
    (isDone ? PageCode.done : .wrongInput).rawValue
}

private func officeName(_ start: UnsafePointer<UInt8>, _ count: Int) -> FormatText? {
    let name = unsafe lent(start, count)
    return OfficeName.isValid(name) ? name : nil
}
