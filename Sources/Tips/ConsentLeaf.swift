package import Sealing

/// The rule for identifiers of offices: 1 to 64 bytes of `a-z`, `0-9` and `-`; a letter or digit
/// first and last, and no two hyphens in a row.
///
/// Plain ASCII, so that two of them are equal only if their bytes are.
package enum OfficeName {
    /// Whether `name` follows the rule.
    package static func isValid(_ name: FormatText) -> Bool {
        let utf8 = [UInt8](name.utf8)
        guard (1...Limits.officeBytes).contains(utf8.count) else { return false }
        // Before the first and after the last byte as after a hyphen: no hyphen may stand there.
        var previous: UInt8 = 0x2D
        for byte in utf8 + [0x2D] {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: break
            case 0x2D: guard previous != 0x2D else { return false }
            default: return false
            }
            previous = byte
        }
        return true
    }

    static func read(_ reader: inout CBORReader) throws(FormatError) -> FormatText {
        let name = try reader.text(atMost: Limits.officeBytes)
        guard isValid(name) else { throw .badText }
        return name
    }
}

/// The reporter's consent that one office may have parts of some classes.
///
///     ["sallyport.consent/1", tip-key, office-id, [+ class], directory-version]
package struct ConsentLeaf: Equatable, Sendable {
    /// The tip it belongs to.
    package let tipKey: TipKey
    /// The office's identifier in the directory.
    package let office: FormatText
    /// The classes consented to, ascending, at least one, never the manifest.
    package let classes: [PartClass]
    /// The version of the directory that the reporter chose from.
    package let directoryVersion: Int

    /// Consent for `office` to have parts of `classes`.
    ///
    /// - Throws: ``FormatError`` for a name or a set of classes that the format does not allow.
    package init(
        tipKey: TipKey, office: FormatText, classes: Set<PartClass>, directoryVersion: Int
    ) throws(FormatError) {
        try self.init(
            tipKey: tipKey, office: office, inOrder: classes.sorted(),
            directoryVersion: directoryVersion)
    }

    /// The same of classes in ascending order.
    ///
    /// - Throws: ``FormatError``.
    package init(
        tipKey: TipKey, office: FormatText, inOrder classes: [PartClass], directoryVersion: Int
    ) throws(FormatError) {
        guard OfficeName.isValid(office) else { throw .badText }
        guard (0...Int(Int32.max)).contains(directoryVersion) else { throw .outOfRange }
        guard !classes.isEmpty else { throw .wrongLength }
        for index in classes.indices {
            guard PartClass.releasable.contains(classes[index]) else { throw .outOfRange }
            guard index == 0 || classes[index - 1] < classes[index] else { throw .notDistinct }
        }
        self.tipKey = tipKey
        self.office = office
        self.classes = classes
        self.directoryVersion = directoryVersion
    }

    /// The leaf's one encoding, which the tip's key signs.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(5)
        writer.label("sallyport.consent/1")
        writer.bytes(tipKey.bytes)
        writer.text(office)
        writer.array(classes.count)
        for partClass in classes { writer.uint(Int(partClass.rawValue)) }
        writer.uint(directoryVersion)
        return writer.bytes
    }

    /// Reads a leaf.
    ///
    /// - Throws: ``FormatError``.
    package static func decode(_ bytes: Span<UInt8>) throws(FormatError) -> ConsentLeaf {
        try CBOR.decode(bytes, limit: Limits.consentLeafBytes) { (reader) throws(FormatError) in
            try reader.array(count: 5)
            try reader.label("sallyport.consent/1")
            let tipKey = try TipKey(reading: &reader)
            let office = try OfficeName.read(&reader)
            let count = try reader.arrayCount(in: 1...PartClass.releasable.count)
            var classes: [PartClass] = []
            for _ in 0..<count {
                let partClass = try PartClass(reading: &reader)
                guard classes.last.map({ $0 < partClass }) ?? true else { throw .notDistinct }
                classes.append(partClass)
            }
            return try ConsentLeaf(
                tipKey: tipKey, office: office, inOrder: classes,
                directoryVersion: try reader.uint(in: 0...Int(Int32.max)))
        }
    }

    /// Signs the leaf with the tip's key.
    ///
    /// - Throws: ``FormatError/otherTip`` when the signer is not of the key that the leaf names.
    package func signed<P: Primitives>(
        by signer: borrowing TipSigner<P>
    ) throws(FormatError) -> UnverifiedConsent {
        guard signer.key == tipKey else { throw .otherTip }
        let encoded = encoded
        let signature = signer.sign(encoded.span)
        // The page does without the reader of what it has just written itself.
        #if hasFeature(Embedded)
            return UnverifiedConsent(leaf: self, encoded: encoded, signature: signature)
        #else
            return try UnverifiedConsent(decoding: encoded, signature: signature)
        #endif
    }
}

/// A consent leaf that was read, with a signature nobody has checked yet.
package struct UnverifiedConsent: Equatable, Sendable {
    /// What the leaf claims.
    package let leaf: ConsentLeaf
    /// The exact bytes that were signed.
    package let encoded: [UInt8]
    /// The signature to check: 64 bytes.
    package let signature: [UInt8]

    /// Reads a leaf and keeps its signature for checking.
    ///
    /// - Throws: ``FormatError``.
    package init(decoding encoded: [UInt8], signature: [UInt8]) throws(FormatError) {
        guard signature.count == 64 else { throw .wrongLength }
        leaf = try .decode(encoded.span)
        self.encoded = encoded
        self.signature = signature
    }

    #if hasFeature(Embedded)
        fileprivate init(leaf: ConsentLeaf, encoded: [UInt8], signature: [UInt8]) {
            self.leaf = leaf
            self.encoded = encoded
            self.signature = signature
        }
    #endif

    /// The same leaf, once it is shown to be of the tip of `tipKey`.
    ///
    /// - Throws: ``FormatError/otherTip`` or ``FormatError/badSignature``.
    package func verified<P: Primitives>(
        for tipKey: TipKey, with primitives: P.Type
    ) throws(FormatError) -> VerifiedConsent {
        guard leaf.tipKey == tipKey else { throw .otherTip }
        guard tipKey.verifies(signature, over: encoded.span, with: P.self) else {
            throw .badSignature
        }
        return VerifiedConsent(leaf: leaf, encoded: encoded, signature: signature)
    }
}

/// A consent leaf that the tip's own key signed.
package struct VerifiedConsent: Equatable, Sendable {
    /// What was consented to.
    package let leaf: ConsentLeaf
    /// The exact bytes that were signed.
    package let encoded: [UInt8]
    /// The signature over them: 64 bytes.
    package let signature: [UInt8]

    fileprivate init(leaf: ConsentLeaf, encoded: [UInt8], signature: [UInt8]) {
        self.leaf = leaf
        self.encoded = encoded
        self.signature = signature
    }
}

extension PartClass {
    init(reading reader: inout CBORReader) throws(FormatError) {
        guard let code = UInt8(exactly: try reader.uint()), let value = PartClass(rawValue: code)
        else { throw .outOfRange }
        self = value
    }
}
