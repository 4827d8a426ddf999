internal import Sealing
internal import Tips

/// A dropped file as it comes in: looked at from its first bytes on, so that a file that is not sealed
/// is not listened to any longer.
package struct DropBody: Sendable {
    private let form: FormFile
    private var body: [UInt8] = []
    private var isSealed = false

    /// The body of a form, of which nothing has come yet.
    package init(_ form: FormFile) {
        self.form = form
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``DropOutcome``, as soon as it is known that the file will not be taken.
    package mutating func take(_ bytes: some Collection<UInt8>) throws(DropOutcome) {
        let room = Drop.sentBytes + FormFile.frameBytes - body.count
        body += bytes.prefix(max(0, room))
        if !isSealed { try look(isAll: false) }
        guard bytes.count <= room else { throw isSealed ? .large : .damaged }
    }

    /// The age file, without armor.
    ///
    /// - Throws: ``DropOutcome``.
    package mutating func finish() throws(DropOutcome) -> [UInt8] {
        if !isSealed { try look(isAll: true) }
        let sent = try understood { () throws(FormFile.Failure) in try form.file(in: body) }
        let file = try binary(sent)
        guard file.count <= Drop.fileBytes else { throw .large }
        guard Self.isWhole(file) else { throw .damaged }
        return file
    }

    private mutating func look(isAll: Bool) throws(DropOutcome) {
        let start = try understood { () throws(FormFile.Failure) in try form.start(in: body) }
        guard let start else { return }
        switch SealedStart([UInt8](body[start...]), isAll: isAll) {
        case .binary, .armored: isSealed = true
        case .open: throw .unsealed
        case .undecided: break
        }
    }

    private func binary(_ sent: [UInt8]) throws(DropOutcome) -> [UInt8] {
        guard SealedStart(sent, isAll: true) == .armored else { return sent }
        var decoder = ArmorDecoder()
        var file: [UInt8] = []
        do throws(ArmorError) {
            try decoder.update(sent.span, into: &file)
            try decoder.finish(into: &file)
        } catch {
            throw .damaged
        }
        return file
    }

    /// Whether this can be a whole age file to a key; one under a password, nobody at the desk could
    /// open.
    private static func isWhole(_ file: [UInt8]) -> Bool {
        guard let (header, count) = try? Header.parse(file.span) else { return false }
        return header.stanzas.contains { $0.arguments.first != StanzaLabel.scrypt }
            && Payload.plaintextLength(of: file.count - count) != nil
    }

    private func understood<Value>(
        _ body: () throws(FormFile.Failure) -> Value
    ) throws(DropOutcome) -> Value {
        do throws(FormFile.Failure) { return try body() } catch { throw .damaged }
    }
}

/// What came of a dropped file; each is a page of its own in every language.
package enum DropOutcome: String, CaseIterable, Error, Sendable {
    /// It is safely stored.
    case taken
    /// It was not sealed: nothing was kept, but it has left the sender's device open.
    case unsealed
    /// It is sealed and too large.
    case large
    /// It is no whole age file, or sealed under a password.
    case damaged
    /// The door cannot take it now.
    case later
}
