package import Agencies
package import Custody
internal import DurableFiles
package import NativePrimitives
package import Sealing
package import Tips

/// Asks the desk agent; each call is a connection of its own.
package struct DeskAgentClient: Sendable {
    private let path: String

    /// A client of the agent at the socket `path`.
    package init(_ path: String) {
        self.path = path
    }

    /// What the agent says of itself.
    package struct Status: Equatable, Sendable {
        /// The epochs whose keys it has.
        package let epochs: [Int]
        /// The public half of the station's key.
        package let station: VerifyingKey
        /// The version of the newest directory it has seen; 0 when none.
        package let directoryVersion: Int
    }

    /// What the agent says of itself.
    package func status() throws(AgentError) -> Status {
        try ask(.status) { (reader) throws(FormatError) in
            try reader.array(count: 3)
            var epochs: [Int] = []
            for _ in 0..<(try reader.arrayCount(in: 0...1024)) {
                epochs.append(try reader.uint(in: 0...Int.max))
            }
            guard let station = VerifyingKey(try reader.bytes(count: 32)) else {
                throw .wrongLength
            }
            return Status(
                epochs: epochs, station: station,
                directoryVersion: try reader.uint(in: 0...Int.max))
        }
    }

    /// Shows the agent a directory.
    ///
    /// - Throws: ``AgentRefusal/badDirectory`` unless the root signed it and it is not older.
    package func show(directory note: [UInt8]) throws(AgentError) {
        _ = try ask(.directory(note: note)) { (reader) throws(FormatError) in try reader.uint() }
    }

    /// The file key of a header that was sealed to the desk.
    package func unwrap(_ header: [UInt8]) throws(AgentError) -> FileKey<NativePrimitives> {
        try fileKey(.unwrap(header: header))
    }

    /// The header for the case's key over the file key of `header`; the payload stays.
    package func adopt(
        _ header: [UInt8], epoch: Int, tip: TipID
    ) throws(AgentError) -> [UInt8] {
        try bytes(.adopt(epoch: epoch, header: header, tip: tip))
    }

    /// The same for all parts of several frames, each with its file key, for the examination.
    ///
    /// - Parameter frames: 1 to ``Adoption/frameLimit``, of different tips.
    /// - Returns: for each frame its parts, or why the agent does not open it.
    package func adopt(
        _ frames: [Adoption]
    ) throws(AgentError) -> [Result<AdoptedFrame, AgentRefusal>] {
        try ask(.adoptFrames(frames)) { (reader) throws(FormatError) in
            var adopted: [Result<AdoptedFrame, AgentRefusal>] = []
            for _ in 0..<(try reader.arrayCount(in: frames.count...frames.count)) {
                try reader.array(count: 2)
                let word = try reader.text(atMost: 64)
                guard !word.isEmpty else {
                    adopted.append(.success(try AdoptedFrame(reading: &reader)))
                    continue
                }
                guard let refusal = AgentRefusal(rawValue: word) else { throw .badText }
                _ = try reader.takesNull()
                adopted.append(.failure(refusal))
            }
            return adopted
        }
    }

    /// The public key of the case, made on first use.
    package func caseRecipient(_ tip: TipID) throws(AgentError) -> Recipient {
        let text = try bytes(.caseRecipient(tip: tip))
        guard let recipient = try? Recipient(parsing: text.span) else { throw .badAnswer }
        return recipient
    }

    /// The file key of a header that was made for the case.
    package func unwrap(
        _ header: [UInt8], ofCase tip: TipID
    ) throws(AgentError) -> FileKey<NativePrimitives> {
        try fileKey(.unwrapCase(tip: tip, header: header))
    }

    /// Lets the agent make and keep the header of one file for an office.
    ///
    /// - Parameters:
    ///   - header: the file's header for the case's key.
    ///   - classes: everything the file contains; decides whether an X25519 office may have it.
    ///   - payload: gives the payload piece by piece (at most 1 MiB each), and nil at its end.
    package func prepare<Failure: Error>(
        _ name: PreparedName, header: [UInt8], classes: [PartClass],
        payload: () throws(Failure) -> [UInt8]?
    ) throws -> PreparedFile {
        let socket = try AgentSocket.connecting(to: path)
        let request = DeskRequest.prepare(name, header: header, classes: classes)
        guard socket.send(request.encoded), let ready = socket.receive() else {
            throw AgentError.badAnswer
        }
        try AgentAnswer.read(ready) { (reader) throws(FormatError) in _ = try reader.takesNull() }
        while let piece = try payload() {
            guard socket.send(Secret(copying: piece.span)) else { throw AgentError.badAnswer }
        }
        guard socket.send(Secret(count: 0)), let answer = socket.receive() else {
            throw AgentError.badAnswer
        }
        return try AgentAnswer.read(answer) { (reader) throws(FormatError) in
            try PreparedFile(reading: &reader)
        }
    }

    /// What a draft holds, as the agent itself knows it.
    package func draft(
        _ draft: Hash, of tip: TipID
    ) throws(AgentError) -> (office: OfficeID, files: [PreparedFile]) {
        try ask(.draft(tip: tip, draft: draft)) { (reader) throws(FormatError) in
            try reader.array(count: 2)
            let office = try reader.office()
            var files: [PreparedFile] = []
            for _ in 0..<(try reader.arrayCount(in: 0...CaseKey.fileLimit)) {
                files.append(try PreparedFile(reading: &reader))
            }
            return (office, files)
        }
    }

    /// The names of all drafts of a case.
    package func drafts(of tip: TipID) throws(AgentError) -> [Hash] {
        try ask(.drafts(tip: tip)) { (reader) throws(FormatError) in
            var drafts: [Hash] = []
            for _ in 0..<(try reader.arrayCount(in: 0...CaseKey.draftLimit)) {
                drafts.append(try reader.hash())
            }
            return drafts
        }
    }

    /// Forgets a draft.
    package func discard(_ draft: Hash, of tip: TipID) throws(AgentError) {
        try nothing(.discard(tip: tip, draft: draft))
    }

    /// The headers of the draft that the statement names, by file name.
    ///
    /// - Throws: ``AgentRefusal`` unless two different persons signed it for that very office.
    package func release(_ statement: [UInt8]) throws(AgentError) -> [String: [UInt8]] {
        try ask(.release(statement: statement)) { (reader) throws(FormatError) in
            var headers: [String: [UInt8]] = [:]
            for _ in 0..<(try reader.arrayCount(in: 0...CaseKey.fileLimit)) {
                try reader.array(count: 2)
                headers[try reader.text(atMost: 64)] = try reader.header()
            }
            return headers
        }
    }

    /// Destroys the case's key: nothing of the case can be opened afterwards.
    package func erase(_ tip: TipID) throws(AgentError) {
        try nothing(.erase(tip: tip))
    }

    /// Signs with the desk station's key.
    package func sign(_ text: [UInt8], as label: StationLabel) throws(AgentError) -> [UInt8] {
        try bytes(.sign(label: label.rawValue, text: text))
    }

    private func nothing(_ request: DeskRequest) throws(AgentError) {
        _ = try ask(request) { (reader) throws(FormatError) in try reader.takesNull() }
    }

    private func bytes(_ request: DeskRequest) throws(AgentError) -> [UInt8] {
        try ask(request) { (reader) throws(FormatError) in
            try reader.bytes(atMost: AgentSocket.messageLimit)
        }
    }

    private func fileKey(_ request: DeskRequest) throws(AgentError) -> FileKey<NativePrimitives> {
        let secret = try ask(request) { (reader) throws(FormatError) in
            try reader.secret(count: 16, as: NativePrimitives.self)
        }
        guard let key = FileKey(restoring: secret) else { throw .badAnswer }
        return key
    }

    private func ask<Result: ~Copyable>(
        _ request: DeskRequest, _ read: (inout CBORReader) throws(FormatError) -> Result
    ) throws(AgentError) -> Result {
        try Conversation.ask(request.encoded, at: path, read)
    }
}

/// Asks the signing agent of one verifier.
package struct SigningAgentClient: Sendable {
    private let path: String

    /// A client of the agent at the socket `path`.
    package init(_ path: String) {
        self.path = path
    }

    /// Whose agent it is, by its own word: only the roster says whose key counts.
    package func identity() throws(AgentError) -> (person: PersonID, key: VerifyingKey) {
        let request = SigningRequest(passphrase: nil, texts: [])
        return try Conversation.ask(request.encoded(), at: path) { (reader) throws(FormatError) in
            try reader.array(count: 2)
            guard let person = PersonID(try reader.text(atMost: PersonID.byteLimit)),
                let key = VerifyingKey(try reader.bytes(count: 32))
            else { throw .badText }
            return (person, key)
        }
    }

    /// Signs texts in one act; the key is opened for it and wiped.
    ///
    /// - Returns: one signature of 64 bytes for each text.
    package func sign(
        _ texts: [(label: SigningLabel, bytes: [UInt8])], passphrase: borrowing Secret
    ) throws(AgentError) -> [[UInt8]] {
        let request = SigningRequest(
            passphrase: passphrase.duplicate(),
            texts: texts.map { .init(label: $0.label.rawValue, bytes: $0.bytes) })
        return try Conversation.ask(request.encoded(), at: path) { (reader) throws(FormatError) in
            var signatures: [[UInt8]] = []
            for _ in 0..<(try reader.arrayCount(in: texts.count...texts.count)) {
                signatures.append(try reader.bytes(count: 64))
            }
            return signatures
        }
    }
}

/// One question, one answer.
private enum Conversation {
    static func ask<Result: ~Copyable>(
        _ request: borrowing Secret, at path: String,
        _ read: (inout CBORReader) throws(FormatError) -> Result
    ) throws(AgentError) -> Result {
        let socket = try AgentSocket.connecting(to: path)
        // Who is not served is told so before the request is read; the agent may be gone by then.
        _ = socket.send(request)
        guard let answer = socket.receive() else {
            throw .unreachable(path: path, why: "it closed the connection")
        }
        return try AgentAnswer.read(answer, read)
    }
}
