package import Sealing

/// The hash of the code word that a true withdrawal needs: scrypt, as the reporter's device made it.
package struct WithdrawalLock: Equatable, Sendable {
    /// 16 random bytes.
    package let salt: [UInt8]
    /// log2 of scrypt's N, in ``workFactors``.
    package let logN: Int
    /// scrypt's output: 32 bytes.
    package let hash: [UInt8]

    /// Work factors that are read. 2^17 needs 128 MiB of memory.
    package static var workFactors: ClosedRange<Int> { 10...17 }
    /// The work factor of what we write: 2^15, 32 MiB.
    package static var defaultWorkFactor: Int { 15 }

    init(salt: [UInt8], logN: Int, hash: [UInt8]) {
        self.salt = salt
        self.logN = logN
        self.hash = hash
    }

    /// Locks withdrawal with `codeWord` (UTF-8; spaces around it do not count).
    ///
    /// - Throws: ``PrimitiveFailure`` when there is no memory for scrypt.
    package static func make<P: Primitives>(
        codeWord: Span<UInt8>, logN: Int = defaultWorkFactor, with primitives: P.Type
    ) throws(PrimitiveFailure) -> WithdrawalLock {
        guard workFactors.contains(logN) else { throw .refused }
        let salt = P.randomBytes(count: 16)
        let hash = try Self.hash(codeWord, salt: salt, logN: logN, with: P.self)
        return WithdrawalLock(salt: salt, logN: logN, hash: hash)
    }

    /// Whether `codeWord` is the one.
    ///
    /// - Throws: ``PrimitiveFailure`` when there is no memory for scrypt.
    package func opens<P: Primitives>(
        with codeWord: Span<UInt8>, _ primitives: P.Type
    ) throws(PrimitiveFailure) -> Bool {
        let found = try Self.hash(codeWord, salt: salt, logN: logN, with: P.self)
        return P.areEqual(found.span, hash.span)
    }

    private static func hash<P: Primitives>(
        _ codeWord: Span<UInt8>, salt: [UInt8], logN: Int, with primitives: P.Type
    ) throws(PrimitiveFailure) -> [UInt8] {
        var start = 0
        var end = codeWord.count
        while start < end, codeWord[start] == 0x20 { start += 1 }
        while end > start, codeWord[end - 1] == 0x20 { end -= 1 }
        var hash = [UInt8](repeating: 0, count: 32)
        var output = hash.mutableSpan
        let labelled = ascii("sallyport.withdrawal/1") + salt
        try P.scrypt(
            passphrase: codeWord.extracting(start..<end), salt: labelled.span, logN: logN,
            into: &output)
        return hash
    }
}
