package import Sealing

extension Manifest {
    /// The plaintext of the manifest part: the CBOR item, then zeros up to the padded length.
    ///
    /// - Throws: ``FormatError`` when `mailboxKey` is not 32 bytes long, or
    ///   ``OpenedManifest/decode(_:)`` would refuse the result.
    package func encoded<P: Primitives>(
        mailboxKey: borrowing SecretBytes<P>
    ) throws(FormatError) -> SecretBytes<P> {
        guard mailboxKey.count == 32 else { throw .wrongLength }
        var writer = CBORWriter(reserving: Limits.textPartBytes)
        writer.array(11)
        writer.label("sallyport.manifest/1")
        writer.uint(epoch)
        writer.bytes(tipKey.bytes)
        mailboxKey.withBytes { writer.bytes($0) }
        writer.uint(sequence)
        if let firstEnvelope { writer.bytes(firstEnvelope.bytes) } else { writer.null() }
        writeLists(to: &writer)
        writer.uint(wishes.rawValue)
        let item = writer.takeSecret(as: P.self)
        let length = Padding.paddedLength(item.count)
        guard length <= Limits.textPartBytes else { throw .tooLarge }
        var padded = SecretBytes<P>(count: length)
        item.withBytes { padded.write($0, at: 0) }
        // The page does without the reader of what it has just written itself.
        #if !hasFeature(Embedded)
            _ = try padded.withBytes { (bytes) throws(FormatError) in
                try OpenedManifest<P>.decode(bytes).manifest
            }
        #endif
        return padded
    }

    private func writeLists(to writer: inout CBORWriter) {
        writer.array(parts.count)
        for part in parts {
            writer.array(4)
            writer.uint(Int(part.partClass.rawValue))
            writer.bytes(part.payloadDigest.bytes)
            writer.bytes(part.plaintextDigest.bytes)
            writer.text(part.name)
        }
        writer.array(consents.count)
        for consent in consents {
            writer.array(2)
            writer.bytes(consent.encoded)
            writer.bytes(consent.signature)
        }
        writer.array(never.count)
        for office in never { writer.text(office) }
        guard let withdrawal else { return writer.null() }
        writer.array(3)
        writer.bytes(withdrawal.salt)
        writer.uint(withdrawal.logN)
        writer.bytes(withdrawal.hash)
    }
}

/// A manifest as it came out of its part, and the secret it carries; not yet held against the
/// envelope.
package struct OpenedManifest<P: Primitives>: ~Copyable {
    /// What it says.
    package let manifest: Manifest
    /// The key of the reporter's mailbox slot: 32 bytes.
    package let mailboxKey: SecretBytes<P>

    /// Reads the plaintext of a manifest part.
    ///
    /// - Throws: ``FormatError``.
    package static func decode(
        _ plaintext: Span<UInt8>
    ) throws(FormatError) -> OpenedManifest<P> {
        let prefix = try CBOR.decodePrefix(plaintext, limit: Limits.textPartBytes) {
            (reader) throws(FormatError) in
            try OpenedManifest<P>(reading: &reader)
        }
        guard plaintext.count == Padding.paddedLength(prefix.byteCount) else {
            throw .wrongPadding
        }
        for index in prefix.byteCount..<plaintext.count {
            guard plaintext[index] == 0 else { throw .wrongPadding }
        }
        return prefix.value
    }

    private init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 11)
        try reader.label("sallyport.manifest/1")
        let epoch = try reader.uint(in: 0...Int(Int32.max))
        let tipKey = try TipKey(reading: &reader)
        let key = try reader.secret(count: 32, as: P.self)
        let sequence = try reader.uint(in: 0...Manifest.sequenceLimit)
        let manifest = Manifest(
            epoch: epoch, tipKey: tipKey, sequence: sequence,
            firstEnvelope: try reader.takesNull() ? nil : try SHA256Digest(reading: &reader),
            parts: try Manifest.parts(of: &reader), consents: try Manifest.consents(of: &reader),
            never: try Manifest.never(of: &reader),
            withdrawal: try reader.takesNull() ? nil : try WithdrawalLock(reading: &reader),
            wishes: Manifest.Wishes(rawValue: try reader.uint(in: 0...1)))
        self.manifest = manifest
        mailboxKey = key
    }
}

extension Manifest {
    fileprivate static func parts(of reader: inout CBORReader) throws(FormatError) -> [Part] {
        var parts: [Part] = []
        for _ in 0..<(try reader.arrayCount(in: 1...Limits.envelopeParts - 1)) {
            try reader.array(count: 4)
            let partClass = try PartClass(reading: &reader)
            guard partClass != .manifest else { throw .outOfRange }
            parts.append(
                Part(
                    partClass: partClass, payloadDigest: try SHA256Digest(reading: &reader),
                    plaintextDigest: try SHA256Digest(reading: &reader),
                    name: try reader.text(atMost: Limits.fileNameBytes)))
        }
        return parts
    }

    fileprivate static func consents(
        of reader: inout CBORReader
    ) throws(FormatError) -> [UnverifiedConsent] {
        var consents: [UnverifiedConsent] = []
        for _ in 0..<(try reader.arrayCount(in: 0...Limits.consents)) {
            try reader.array(count: 2)
            consents.append(
                try UnverifiedConsent(
                    decoding: try reader.bytes(atMost: Limits.consentLeafBytes),
                    signature: try reader.bytes(count: 64)))
        }
        return consents
    }

    fileprivate static func never(of reader: inout CBORReader) throws(FormatError) -> [FormatText] {
        var offices: [FormatText] = []
        for _ in 0..<(try reader.arrayCount(in: 0...Limits.neverOffices)) {
            offices.append(try OfficeName.read(&reader))
        }
        return offices
    }
}

extension WithdrawalLock {
    fileprivate init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 3)
        salt = try reader.bytes(count: 16)
        logN = try reader.uint(in: Self.workFactors)
        hash = try reader.bytes(count: 32)
    }
}
