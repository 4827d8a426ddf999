internal import Agencies
internal import Containers
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Synchronization
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
        let done = Mutex([Result<AdoptedPart, AgentRefusal>?](repeating: nil, count: jobs.count))
        let next = Atomic(0)
        Threads.run(Threads.useful) {
            while true {
                let job = next.add(1, ordering: .relaxed).oldValue
                guard jobs.indices.contains(job) else { return }
                let (frame, header) = jobs[job]
                let part = Self.part(frames[frame].headers[header], keys[frame])
                done.withLock { $0[job] = part }
            }
        }
        return Self.answer(frames, keys, done.withLock { $0 })
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
        _ parts: [Result<AdoptedPart, AgentRefusal>?]
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
                    for part in own {
                        guard let part else { throw .storage }
                        adopted.append(try part.get())
                    }
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
            var recipients: [TipID: Recipient] = [:]
            var files = try NewFiles(in: keys.folder)
            var found: [Result<Keys, AgentRefusal>] = []
            for frame in frames {
                let epoch: [Identity<NativePrimitives>]
                do throws(AgentRefusal) {
                    epoch = try livingIdentities(of: frame.epoch, in: directory)
                } catch {
                    found.append(.failure(error))
                    continue
                }
                let recipient = try recipients[frame.tip] ?? recipient(of: frame.tip, &files)
                recipients[frame.tip] = recipient
                found.append(.success(Keys(epoch: epoch, recipient: recipient)))
            }
            try files.commit()
            return found
        } catch {
            throw (error as? AgentRefusal) ?? .storage
        }
    }

    /// The public key of a case; the key of a new one goes into `files`.
    private func recipient(of tip: TipID, _ files: inout NewFiles) throws -> Recipient {
        if let key = try storedKey(tip) { return key.identity.recipient }
        let key = try CaseKey(newFor: tip)
        let sealed = try keys.seal(key.encoded)
        try files.add(sealed.span, at: keys.folder + "/" + Self.name(tip))
        return key.identity.recipient
    }
}
