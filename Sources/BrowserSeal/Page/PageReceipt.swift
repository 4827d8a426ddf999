import Sealing
import Tips

/// Makes a receipt; the result is its digits as they are shown. It has no effect by itself.
@c(page_receipt_new) public func pageReceiptNew() -> Int32 {
    let receipt = Receipt<BoringPrimitives>.random()
    unsafe pageResult.set(receipt.formatted().withBytes { [UInt8](copying: $0) })
    return PageCode.done.rawValue
}

/// Makes the keys of the receipt with these digits; the result is the places of its three pictures.
@c(page_receipt_keys) public func pageReceiptKeys(
    _ digits: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    let text = unsafe lent(digits, count)
    guard let receipt = try? Receipt<BoringPrimitives>(parsing: text.span) else {
        return PageCode.digits.rawValue
    }
    do throws(PrimitiveFailure) {
        let keys = try receipt.deriveKeys()
        unsafe pageResult.set(keys.picture.indices.map { UInt8($0) })
        unsafe page.keys = PageKeys(keys)
        return PageCode.done.rawValue
    } catch {
        return PageCode.memory.rawValue
    }
}

/// Makes keys for a tip without a receipt.
@c(page_keys_random) public func pageKeysRandom() -> Int32 {
    unsafe page.keys = PageKeys(ReceiptKeys<BoringPrimitives>.random())
    return PageCode.done.rawValue
}

/// Where the mailbox is: 64 hexadecimal digits.
@c(page_mailbox_address) public func pageMailboxAddress() -> Int32 {
    guard let owner = unsafe page.keys else { return PageCode.wrongInput.rawValue }
    unsafe pageResult.set([UInt8](owner.keys.mailboxAddress().hex.utf8))
    return PageCode.done.rawValue
}

/// Opens what the door answered for the mailbox; the result is what it says, as JSON.
///
/// - Returns: ``PageCode/nothing`` for whatever does not open with this receipt, and for what opens
///   but is not the desk's: neither is to be shown.
@c(page_mailbox_open) public func pageMailboxOpen(
    _ slot: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    guard let owner = unsafe page.keys else { return PageCode.wrongInput.rawValue }
    let slot = unsafe lent(slot, count)
    let address = owner.keys.mailboxAddress()
    do throws(MailboxRefusal) {
        let message = try MailboxSlot.open(
            slot.span, key: owner.keys.mailboxKey, address: address,
            trusting: unsafe page.deskKeys)
        unsafe pageResult.set(json(of: message.message).encoded)
        return PageCode.done.rawValue
    } catch {
        return PageCode.nothing.rawValue
    }
}

private func json(of message: DeskMessage) -> JSON {
    var object = JSONObject()
    object.add("state", .integer(Int64(message.state.rawValue)))
    object.add("date", .string(message.date))
    object.add("passed", .integer(Int64(message.passed)))
    object.add("confirmed", .integer(Int64(message.confirmed)))
    var questions: [JSON] = []
    for question in message.questions {
        var entry = JSONObject()
        entry.add("id", .string(question.id))
        entry.add("text", .string(question.text))
        entry.add("language", .string(question.language))
        questions.append(.object(entry))
    }
    object.add("questions", .array(questions))
    return .object(object)
}
