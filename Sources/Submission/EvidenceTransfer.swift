internal import Composing
internal import NativePrimitives
internal import Sealing
internal import Tips
internal import Wire

extension EvidenceUpload {
    /// The plan that was parked for the same file and receipt; nil when there is none.
    func parkedPlan(
        _ parking: borrowing ParkedKeys<NativePrimitives>, byteCount: Int
    ) async throws -> EvidencePlan<NativePrimitives>? {
        let box = try await client.parked(at: parking.address)
        guard let state = try ParkedState.open(box.span, with: parking),
            accepted.contains(state.head.envelope.envelope.epoch)
        else { return nil }
        return EvidencePlan(state, byteCount: byteCount)
    }

    /// Opens the upload at the door, then parks what is needed to come back to it.
    ///
    /// Doing both again is harmless: the door knows an upload by its envelope, and writes a parked
    /// place once.
    /// - Parameter notParked: is called when the door has no room for what would let the sender come
    ///   back: better to go on without than to send nothing.
    /// - Returns: what the door calls the upload; nil when the door has all of it.
    func begin(
        _ plan: borrowing EvidencePlan<NativePrimitives>,
        _ parking: borrowing ParkedKeys<NativePrimitives>,
        keys: borrowing NativeKeys, canResume: Bool, notParked: () -> Void
    ) async throws -> String? {
        let address = canResume ? parking.address : nil
        guard let token = try await client.createUpload(of: plan, parkedAt: address) else {
            return nil
        }
        if canResume {
            let state = try plan.parked(token: token).sealed(with: parking)
            let request = try ParkRequest.signing(
                state, address: parking.address, by: keys.signer)
            do throws(SubmissionError) {
                try await client.park(request)
            } catch .refused(.busy) {
                notParked()
            } catch .ill {
                notParked()
            }
        }
        return token
    }

    /// Sends the frame from where the door has it to its end.
    func transfer(
        _ frame: inout FrameStream, of total: Int, to token: String, progress: (Int, Int) -> Void
    ) async throws {
        var window = UploadWindow()
        var standing = try await client.standing(of: token)
        while case .open(let offset, let appendBytes) = standing {
            guard offset < total else { throw SubmissionError.refused(.offset) }
            progress(offset, total)
            let bytes = try window.bytes(from: offset, atMost: appendBytes, of: &frame)
            standing = try await client.append(
                bytes, to: token, at: offset, isLast: offset + bytes.count == total)
        }
        guard standing == .complete else { throw SubmissionError.refused(.notFound) }
        progress(total, total)
    }
}

/// The part of a frame that has been made and not yet been taken by the door.
struct UploadWindow {
    private var start = 0
    private var bytes: [UInt8] = []

    /// Up to `limit` bytes from `offset` on: fewer only at the frame's end.
    ///
    /// - Throws: ``SubmissionError/refused(_:)`` with `offset` when the door wants bytes back that it
    ///   had taken already.
    mutating func bytes(
        from offset: Int, atMost limit: Int, of frame: inout FrameStream
    ) throws -> [UInt8] {
        guard offset >= start else { throw SubmissionError.refused(.offset) }
        while start + bytes.count < offset + limit {
            drop(before: offset)
            guard let more = try frame.next() else { break }
            bytes += more
        }
        drop(before: offset)
        return [UInt8](bytes.prefix(limit))
    }

    private mutating func drop(before offset: Int) {
        let count = min(offset - start, bytes.count)
        guard count > 0 else { return }
        bytes.removeFirst(count)
        start += count
    }
}
