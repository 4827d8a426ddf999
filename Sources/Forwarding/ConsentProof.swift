package import Agencies
package import Custody
internal import NativePrimitives
internal import Tips

/// The consent leaf that a bundle carries, and what shows that it is the reporter's.
package enum ConsentProof: Equatable, Sendable {
    /// The reporter's device signed the leaf (64 bytes, by the tip's key).
    case signed(leaf: [UInt8], signature: [UInt8])
    /// Verifiers read it in a file that was sealed without the page.
    case transcribed(leaf: [UInt8], Transcription)

    /// The leaf's exact bytes.
    package var leaf: [UInt8] {
        switch self {
        case .signed(let leaf, _), .transcribed(let leaf, _): leaf
        }
    }

    /// Whether the reporter's text came as a dropped file.
    package var isTranscribed: Bool {
        if case .transcribed = self { true } else { false }
    }
}

/// Who read a consent, in which file, and what lets them.
package struct Transcription: Equatable, Sendable {
    /// One verifier's signature over the transcribed consent.
    package struct Signature: Equatable, Sendable {
        /// The verifier.
        package let person: PersonID
        /// Over ``Tips/TranscribedConsent``: 64 bytes.
        package let signature: [UInt8]

        /// A signature.
        package init(person: PersonID, signature: [UInt8]) {
            self.person = person
            self.signature = signature
        }
    }

    /// SHA-256 of the dropped age file, without armor.
    package let file: Hash
    /// The tip key's signature over the mandate for this file: 64 bytes.
    package let mandate: [UInt8]
    /// By person, in the order of their handles.
    package let signatures: [Signature]

    /// Most signatures that a bundle carries.
    package static let signatureLimit = 16

    /// A transcription.
    package init(file: Hash, mandate: [UInt8], signatures: [Signature]) {
        self.file = file
        self.mandate = mandate
        self.signatures = signatures
    }

    /// Checks that the tip allows transcription of this file, and that at least two different persons
    /// of `roster` signed this very leaf.
    ///
    /// - Throws: ``BundleRefusal/badTranscription(_:)``.
    func check(_ leaf: ConsentLeaf, roster: [Verifier]) throws(BundleRefusal) {
        let mandate = TranscriptionMandate(tipKey: leaf.tipKey, file: file)
        guard mandate.isSigned(by: self.mandate, with: NativePrimitives.self) else {
            throw .badTranscription("the tip does not allow that others write down its consent")
        }
        let signed = TranscribedConsent(leaf: leaf, file: file).encoded
        for (index, one) in signatures.enumerated() {
            guard index == 0 || signatures[index - 1].person < one.person else {
                throw .badTranscription("\(one.person) signed it twice")
            }
            guard let verifier = roster.first(where: { $0.person == one.person }),
                verifier.key.verifies(one.signature, over: signed)
            else { throw .badTranscription("the signature of \(one.person) is wrong") }
        }
        guard signatures.count >= 2 else {
            throw .badTranscription("two persons must have read it, not one")
        }
    }
}
