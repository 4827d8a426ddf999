internal import Containers
internal import Custody
internal import DurableFiles
package import Forwarding
package import NativePrimitives
package import Opening
internal import Sealing

/// Opens a verified bundle into a new folder: all of it, or nothing.
///
/// ```
/// DIR/cover.txt  predicate.json  parts/00-report.json  parts/01-evidence.jpg …
/// ```
///
/// A recall has no parts, and its folder neither.
///
/// Order of effects: the predicate is opened and checked, consent included, before any part is; the
/// files are written into a hidden folder beside `DIR`, each under a name of ours; every part is
/// compared with what was signed; everything is synced; last, the folder gets its name. A failure
/// removes the hidden folder; a crash leaves it, under a name that is never taken for the result.
package struct BundleOpening {
    private let bundle: VerifiedBundle<FileBytes>
    private let identities: [Identity<NativePrimitives>]

    /// An opening of `bundle` with one of `identities`.
    package init(_ bundle: VerifiedBundle<FileBytes>, with identities: [Identity<NativePrimitives>])
    {
        self.bundle = bundle
        self.identities = identities
    }

    /// What was opened.
    package enum Opened {
        /// Parts of a case.
        case parts(VerifiedPredicate)
        /// A recall of earlier bundles.
        case recall(VerifiedRecall)
    }

    /// Opens everything into `target`, which must not exist.
    ///
    /// - Parameter progress: told how many sealed bytes were read since the last call.
    /// - Returns: the checked predicate.
    /// - Throws: ``ReceptionError``; nothing is left behind then.
    package func run(
        into target: String, progress: (Int) -> Void = { _ in }
    ) throws(ReceptionError) -> Opened {
        guard !Durable.exists(target) else { throw .targetExists(target) }
        let predicateBytes = try small(BundleNames.predicate)
        guard bundle.release.statement.notice?.recall == nil else {
            let recall = try refusing { () throws(BundleRefusal) in
                try RecallCheck.verified(predicateBytes, of: bundle.release)
            }
            let folder = try begun(target, predicateBytes)
            try folder.commit()
            return .recall(recall)
        }
        let predicate = try refusing { () throws(BundleRefusal) in
            try PredicateCheck.verified(predicateBytes, of: bundle.release)
        }
        var folder = try begun(target, predicateBytes)
        try folder.makeFolder("parts")
        for (index, (name, part)) in predicate.parts.enumerated() {
            let isText = predicate.predicate.consent.isTranscribed
            let path = folder.path(of: OriginalNames.name(of: part, at: index, isText: isText))
            try extract(name, part, to: path, progress)
        }
        try folder.commit()
        return .parts(predicate)
    }

    /// The hidden folder with what every bundle has.
    private func begun(
        _ target: String, _ predicate: [UInt8]
    ) throws(ReceptionError) -> HiddenFolder {
        let folder = try HiddenFolder(for: target)
        try folder.write(predicate, to: "predicate.json")
        try folder.write(try small(BundleNames.cover), to: "cover.txt")
        return folder
    }

    /// A small age file of the bundle, compared once more with what was signed, and opened.
    private func small(_ name: String) throws(ReceptionError) -> [UInt8] {
        let isPredicate = name == BundleNames.predicate
        let limit = isPredicate ? BundleLimits.predicateBytes : BundleLimits.coverBytes
        let bytes = try refusing { () throws(BundleRefusal) in try read(name, limit: limit) }
        guard Hash(sha256: bytes) == (isPredicate ? bundle.sums.predicate : bundle.sums.cover)
        else { throw .refused(.sumsMismatch(name)) }
        do throws(OpeningError) {
            return try OpenedContainer.open(bytes.span, with: identities)
                .withBytes { [UInt8](copying: $0) }
        } catch {
            throw .refused(.cannotOpen(name, error.words))
        }
    }

    private func read(_ name: String, limit: Int) throws(BundleRefusal) -> [UInt8] {
        do throws(TarError) {
            if let bytes = try bundle.tar.bytes(of: name, limit: limit) { return bytes }
        } catch {
            throw .badArchive(error)
        }
        throw .missingMember(name)
    }

    /// Opens one part in constant memory and writes its original.
    private func extract(
        _ name: String, _ part: BundlePredicate.Part, to path: String, _ progress: (Int) -> Void
    ) throws(ReceptionError) {
        let (header, headerBytes) = try header(of: name, part)
        let fileKey: FileKey<NativePrimitives>
        do throws(OpeningError) {
            fileKey = try header.unwrap(with: identities)
        } catch {
            throw .refused(.cannotOpen(name, error.words))
        }
        var opening = PartOpening(
            fileKey: fileKey, reader: OriginalReader(part, name: name), name: name)
        var file = try filing { () throws(FileError) in try NewFile(at: path) }
        var offset = headerBytes
        while true {
            let piece = try piece(of: name, at: offset)
            if piece.isEmpty { break }
            let original = try refusing { () throws(BundleRefusal) in try opening.push(piece) }
            try filing { () throws(FileError) in try file.write(original.span) }
            offset += piece.count
            progress(piece.count)
        }
        let rest = try opening.finish()
        do throws(FileError) {
            try file.write(rest.span)
            try file.commit()
        } catch {
            throw .file(error)
        }
    }

    /// The header of a part, which must be the one that was signed.
    private func header(
        of name: String, _ part: BundlePredicate.Part
    ) throws(ReceptionError) -> (Header, byteCount: Int) {
        let start = try piece(of: name, at: 0)
        do throws(HeaderError) {
            let (header, byteCount) = try Header.parse(start.span)
            if Hash(sha256: [UInt8](start[..<byteCount])) == part.header {
                return (header, byteCount)
            }
        } catch {}
        throw .refused(.alteredHeader(name))
    }

    private func piece(of name: String, at offset: Int) throws(ReceptionError) -> [UInt8] {
        do throws(TarError) {
            let count = TarReader<FileBytes>.chunkBytes
            if let bytes = try bundle.tar.bytes(of: name, at: offset, count: count) {
                return bytes
            }
        } catch {
            throw .refused(.badArchive(error))
        }
        throw .refused(.missingMember(name))
    }
}
