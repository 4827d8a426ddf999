internal import Agencies
internal import Containers
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// Many frames at a time: the work is shared among the processors, and new case keys become durable
/// together.
extension DeskAgent {
    /// What one frame is opened with, and what its parts are put under.
    private struct Keys {
        let epoch: [Identity<NativePrimitives>]
        let recipient: Recipient
    }

    func adopt(_ frames: [Adoption]) throws(AgentRefusal) -> Secret {
        let keys = try keys(for: frames)
        let jobs = frames.indices.flatMap { frame in
            frames[frame].headers.indices.map { (frame: frame, header: $0) }
        }
        let parts = Threads.map(jobs.count) { job in
            let (frame, header) = jobs[job]
            return Self.part(frames[frame].headers[header], keys[frame])
        }
        return Self.answer(frames, keys, parts)
    }

    private static func part(
        _ header: [UInt8], _ keys: Result<Keys, AgentRefusal>
    ) -> Result<AdoptedPart, AgentRefusal> {
        do throws(AgentRefusal) {
            let keys = try keys.get()
            let fileKey = try unwrap(header, keys.epoch, else: .notForThisDesk)
            let header = try wrap(fileKey, to: keys.recipient)
            return .success(AdoptedPart(header: header, fileKey: fileKey))
        } catch {
            return .failure(error)
        }
    }

    private static func answer(
        _ frames: [Adoption], _ keys: [Result<Keys, AgentRefusal>],
        _ parts: [Result<AdoptedPart, AgentRefusal>]
    ) -> Secret {
        var rest = parts[...]
        return AgentAnswer.done { writer in
            writer.array(frames.count)
            for (frame, keys) in zip(frames, keys) {
                let own = rest.prefix(frame.headers.count)
                rest = rest.dropFirst(frame.headers.count)
                writer.array(2)
                do throws(AgentRefusal) {
                    let recipient = try keys.get().recipient
                    var adopted: [AdoptedPart] = []
                    for part in own { adopted.append(try part.get()) }
                    writer.text("")
                    AdoptedFrame(recipient: recipient, parts: adopted).write(to: &writer)
                } catch {
                    writer.text(error.rawValue)
                    writer.null()
                }
            }
        }
    }

    /// The keys for each frame. Keys of new cases are on disk when this returns.
    private func keys(
        for frames: [Adoption]
    ) throws(AgentRefusal) -> [Result<Keys, AgentRefusal>] {
        let directory = try directory()
        do {
            let epochs = frames.map { frame in
                Result { () throws(AgentRefusal) in
                    try livingIdentities(of: frame.epoch, in: directory)
                }
            }
            let living = zip(frames, epochs).filter { (try? $1.get()) != nil }
            let recipients = try recipients(of: Set(living.map(\.0.tip)))
            var found: [Result<Keys, AgentRefusal>] = []
            for (frame, epoch) in zip(frames, epochs) {
                guard let recipient = recipients[frame.tip] else {
                    found.append(epoch.flatMap { _ in .failure(.storage) })
                    continue
                }
                found.append(epoch.map { Keys(epoch: $0, recipient: recipient) })
            }
            return found
        } catch {
            throw (error as? AgentRefusal) ?? .storage
        }
    }

    /// The public keys of cases; those of new ones are on disk when this returns.
    private func recipients(of tips: Set<TipID>) throws -> [TipID: Recipient] {
        var recipients: [TipID: Recipient] = [:]
        for tip in tips { recipients[tip] = try storedKey(tip)?.identity.recipient }
        let new = tips.filter { recipients[$0] == nil }.map { $0 }
        var files = try NewFiles(in: keys.folder)
        let made = Threads.map(new.count) { index in
            Result {
                let key = try CaseKey(newFor: new[index])
                return (recipient: key.identity.recipient, sealed: try keys.seal(key.encoded))
            }
        }
        for (tip, made) in zip(new, made) {
            let (recipient, sealed) = try made.get()
            try files.add(sealed.span, at: keys.folder + "/" + Self.name(tip))
            recipients[tip] = recipient
        }
        try files.commit()
        return recipients
    }
}
