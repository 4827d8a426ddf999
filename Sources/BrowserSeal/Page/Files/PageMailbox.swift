import Sealing
import Tips

/// Where the mailbox is: 64 hexadecimal digits.
@c(page_mailbox_address) public func pageMailboxAddress() -> Int32 {
    guard let owner = unsafe page.keys else { return PageCode.wrongInput.rawValue }
    unsafe pageResult.set(owner.keys.mailboxAddress().hexDigits)
    return PageCode.done.rawValue
}

/// Opens what the door answered for the mailbox; `desk` is the desk's key, 32 bytes.
///
/// The result is the fields of the message in UTF-8, U+001F between them: state, date, passed,
/// confirmed, then identifier, text and language of each question.
///
/// - Returns: ``PageCode/nothing`` for whatever does not open with this receipt, and for what opens
///   but is not the desk's: neither is to be shown.
@c(page_mailbox_open) public func pageMailboxOpen(
    _ slot: UnsafePointer<UInt8>, _ count: Int, _ desk: UnsafePointer<UInt8>, _ deskCount: Int
) -> Int32 {
    guard let owner = unsafe page.keys else { return PageCode.wrongInput.rawValue }
    let slot = unsafe lent(slot, count)
    let address = owner.keys.mailboxAddress()
    do throws(MailboxRefusal) {
        let message = try MailboxSlot.open(
            slot.span, key: owner.keys.mailboxKey, address: address,
            trusting: [unsafe lent(desk, deskCount)])
        unsafe pageResult.set(fields(of: message.message))
        return PageCode.done.rawValue
    } catch {
        return PageCode.nothing.rawValue
    }
}

private func fields(of message: DeskMessage) -> [UInt8] {
    var fields = decimalDigits(UInt64(message.state.rawValue))
    add(message.date, to: &fields)
    fields += [0x1F] + decimalDigits(UInt64(message.passed))
    fields += [0x1F] + decimalDigits(UInt64(message.confirmed))
    for question in message.questions {
        add(question.id, to: &fields)
        add(question.text, to: &fields)
        add(question.language, to: &fields)
    }
    return fields
}

/// Adds a field; a separator inside it becomes a space.
private func add(_ text: FormatText, to fields: inout [UInt8]) {
    fields.append(0x1F)
    for byte in text.utf8 { fields.append(byte == 0x1F ? 0x20 : byte) }
}
