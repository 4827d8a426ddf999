internal import Sealing

/// The form of a part that is text: JSON, then spaces up to the padded length.
package enum PartText {
    /// Pads `text`; false, and nothing changes, above ``Limits/textPartBytes``.
    @discardableResult
    package static func pad(_ text: inout [UInt8]) -> Bool {
        let length = Padding.paddedLength(text.count)
        guard length <= Limits.textPartBytes else { return false }
        text += [UInt8](repeating: 0x20, count: length - text.count)
        return true
    }
}
