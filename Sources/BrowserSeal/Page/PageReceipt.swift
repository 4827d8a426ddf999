import Sealing
import Tips

// A tip's keys, in both modules the same: the one that made them gives the bytes they are made of,
// and the other takes these, so that scrypt runs once.

/// Makes a receipt; the result is its digits as they are shown. It has no effect by itself.
@c(page_receipt_new) public func pageReceiptNew() -> Int32 {
    let receipt = Receipt<BoringPrimitives>.random()
    unsafe pageResult.set(receipt.formatted().withBytes { [UInt8](copying: $0) })
    return PageCode.done.rawValue
}

/// Makes the keys of the receipt with these digits; the result is the places of its three pictures,
/// then what `page_keys` takes.
@c(page_receipt_keys) public func pageReceiptKeys(
    _ digits: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    let text = unsafe lent(digits, count)
    guard let receipt = try? Receipt<BoringPrimitives>(parsing: text.span) else {
        return PageCode.digits.rawValue
    }
    do throws(PrimitiveFailure) {
        keep(try receipt.deriveMaterial())
        return PageCode.done.rawValue
    } catch {
        return PageCode.memory.rawValue
    }
}

/// Makes keys for a tip without a receipt; the result is as that of `page_receipt_keys`.
@c(page_keys_random) public func pageKeysRandom() -> Int32 {
    keep(.random(count: ReceiptKeys<BoringPrimitives>.materialBytes))
    return PageCode.done.rawValue
}

/// Takes the keys that the other module made.
@c(page_keys) public func pageKeys(_ material: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count == ReceiptKeys<BoringPrimitives>.materialBytes else {
        return PageCode.wrongInput.rawValue
    }
    keep(SecretBytes(copying: unsafe UnsafeBufferPointer(start: material, count: count).span))
    return PageCode.done.rawValue
}

private func keep(_ material: consuming SecretBytes<BoringPrimitives>) {
    let bytes = material.withBytes { [UInt8](copying: $0) }
    let keys = ReceiptKeys(material: material)
    var result: [UInt8] = []
    for index in keys.picture.indices { result.append(UInt8(truncatingIfNeeded: index)) }
    unsafe pageResult.set(result + bytes)
    unsafe page.keys = PageKeys(keys)
}
