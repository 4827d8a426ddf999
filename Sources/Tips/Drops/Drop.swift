package import Sealing

/// A sealed file that somebody handed in without the page: an age file that any tool may have made,
/// sealed to the desk.
///
/// The door cannot open it. It puts it into the report of an ordinary tip whose keys are random and
/// forgotten at once, so that it looks like any other tip from there on. Such a tip carries no
/// consent; instead its key has signed a ``TranscriptionMandate``.
package struct Drop: Equatable, Sendable {
    /// The age file, without armor.
    package let file: [UInt8]
    /// The tip key's signature over the mandate for this very file: 64 bytes.
    package let mandate: [UInt8]

    /// Most bytes of the file, so that it fits into a tip beside everything else.
    package static let fileBytes = 24 * 1024
    /// Most bytes of it as it is sent: armored, with CR LF.
    package static let sentBytes = 34 * 1024 + Armor.whitespaceLimit

    /// The line of the template above which consent stands, and below which the report begins.
    ///
    /// A program that wraps or trims lines must not break it, so it is short.
    package static let marker = "===== 8< ====="

    /// A file and its mandate, as a report carries them.
    package init(file: [UInt8], mandate: [UInt8]) {
        self.file = file
        self.mandate = mandate
    }

    /// The file with the mandate of `signer`'s tip.
    package init<P: Primitives>(_ file: [UInt8], signedBy signer: borrowing TipSigner<P>) {
        let mandate = TranscriptionMandate(
            tipKey: signer.key, file: .of(file.span, with: P.self))
        self.init(file: file, mandate: signer.sign(mandate.encoded.span))
    }

    /// The digest that the mandate names.
    package func digest<P: Primitives>(with primitives: P.Type) -> SHA256Digest {
        .of(file.span, with: P.self)
    }
}
