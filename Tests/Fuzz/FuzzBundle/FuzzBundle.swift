import Agencies
import Custody
import Forwarding
import ReleaseKit
import Tips

/// A bundle as an agency receives it, what it is checked against, and what that gives.
private struct Sample {
    let tar: [UInt8]
    let check: ReleaseCheck
    let files: [String: [UInt8]]
    let digest: Hash

    init() throws {
        let world = try SampleWorld()
        var release = try SampleRelease(in: world)
        release.parts = [.json(.report, "{}"), try .evidence([1, 2, 3])]
        let bundle = try release.build(in: world)
        tar = try bundle.tar()
        let now = try required(Hour("2026-11-25T10"))
        check = ReleaseCheck(directory: release.directory, now: now, purpose: .using)
        files = Dictionary(uniqueKeysWithValues: try bundle.files())
        digest = try BundleVerifier(MemoryBytes(tar), check: check).verified(for: nil)
            .release.digest
    }
}

private let sample: Sample = {
    do {
        return try Sample()
    } catch {
        preconditionFailure("no bundle: \(error)")
    }
}()

/// libFuzzer's entry point: the input says what is done to a good bundle. What is still accepted
/// holds the same release and the same files; only the statement's envelope and the proof have
/// more than one spelling.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    var script = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))[...]
    var files = sample.files.map { (name: $0.key, bytes: $0.value) }.sorted { $0.name < $1.name }
    while let operation = script.popFirst(), operation < 0x80 {
        change(&files, operation, &script)
    }
    guard var tar = try? SampleBundle.tar(files) else { return 0 }
    while tar.count > 4, script.count > 3 {
        let place = Int(script.removeFirst()) << 16 | script.word()
        tar[place % tar.count] ^= script.removeFirst()
    }
    verify(tar)
    return 0
}

private func verify(_ tar: [UInt8]) {
    let accepted: VerifiedBundle<MemoryBytes>
    do throws(BundleRefusal) {
        accepted = try BundleVerifier(MemoryBytes(tar), check: sample.check).verified(for: nil)
    } catch {
        return
    }
    precondition(accepted.release.digest == sample.digest, "another release was accepted")
    precondition(Set(accepted.tar.names) == Set(sample.files.keys), "other files were accepted")
    for (name, bytes) in sample.files
    where name != BundleNames.statement && name != BundleNames.proof {
        let read = try? accepted.tar.bytes(of: name, limit: .max)
        precondition(read == bytes, "\(name) was altered")
    }
}

/// One change of one file, or of the list of files.
private func change(
    _ files: inout [(name: String, bytes: [UInt8])], _ operation: UInt8,
    _ script: inout ArraySlice<UInt8>
) {
    guard let index = script.popFirst(), !files.isEmpty else { return }
    let file = Int(index) % files.count
    let count = files[file].bytes.count
    let place = count == 0 ? 0 : script.word() % count
    switch operation & 7 {
    case 0 where count > 0: files[file].bytes[place] = script.popFirst() ?? 0
    case 1: files[file].bytes.insert(script.popFirst() ?? 0x20, at: place)
    case 2: files[file].bytes.removeLast(count - place)
    case 3: files.remove(at: file)
    case 4: files.append(files[file])
    case 5: files[file].bytes += files[place % files.count].bytes
    case 6:
        let length = Int(script.popFirst() ?? 0)
        let text = script.prefix(length)
        script.removeFirst(text.count)
        files[file].bytes.insert(contentsOf: text, at: place)
    default: files.swapAt(file, place % files.count)
    }
}

extension ArraySlice where Element == UInt8 {
    fileprivate mutating func word() -> Int {
        Int(popFirst() ?? 0) << 8 | Int(popFirst() ?? 0)
    }
}
