/// Looks into files that strangers sent: each tool in a throw-away worker, everything in memory.
///
/// ```
/// let examiner = Examiner(sandbox: try Sandbox(), scanner: ClamAV(socketPath: path))
/// let report = try examiner.examine(file, unixTime: now) { copy in try seal(copy.file) }
/// ```
package struct Examiner: Sendable {
    /// How far to go.
    package enum Extent: Sendable {
        /// Everything, and safe copies.
        case full
        /// Size, type and the scanner's answer: for what may show the abuse of a child, which
        /// nobody may render. No decoder is started.
        case neverRender
    }

    let sandbox: Sandbox
    let scanner: ClamAV

    /// An examiner; it may be used from several threads at once.
    package init(sandbox: Sandbox, scanner: ClamAV) {
        self.sandbox = sandbox
        self.scanner = scanner
    }

    /// Looks into one file and all that is in it, and gives each safe copy to `deliver` as soon as it
    /// is there. Blocks: seconds as a rule, ``ExaminationLimits/fileSeconds`` at the most.
    ///
    /// - Parameter unixTime: now, in seconds since 1970.
    /// - Throws: what `deliver` throws, and nothing else: what cannot be done is in the report.
    package func examine(
        _ file: MemoryFile, extent: Extent = .full, unixTime: Int,
        deliver: (SafeCopy) throws -> Void
    ) throws -> ExaminationReport {
        let visit = Visit(examiner: self, extent: extent, unixTime: unixTime)
        var budget = Budget()
        return try visit.examine(
            file, name: "", path: [], &budget, .now + .seconds(ExaminationLimits.fileSeconds),
            deliver)
    }
}

/// What one file and everything in it may still use.
struct Budget {
    var files = ExaminationLimits.archiveFiles
    var bytes = ExaminationLimits.archiveBytes
}

/// The order of the steps for one file.
struct Visit {
    let examiner: Examiner
    let extent: Examiner.Extent
    let unixTime: Int

    func examine(
        _ file: MemoryFile, name: String, path: [Int], _ budget: inout Budget,
        _ deadline: ContinuousClock.Instant, _ deliver: (SafeCopy) throws -> Void
    ) throws -> ExaminationReport {
        var look = Look(sandbox: examiner.sandbox, file: file, deadline: deadline)
        look.report.name = name
        look.report.byteCount = file.byteCount
        guard file.byteCount <= ExaminationLimits.fileBytes else {
            look.skip([.type, .metadata, .facts, .copy], .tooLarge)
            look.report.scan = ScanAnswer(.couldNotScan(.tooLarge))
            return look.report
        }
        look.report.scan = examiner.scanner.scan(file, unixTime: unixTime)
        look.findType()
        guard extent == .full else {
            look.skip([.metadata, .facts, .copy], .neverRendered)
            return look.report
        }
        if case .found = look.report.scan.outcome, !look.kind.hasMembers {
            look.skip([.metadata, .facts, .copy], .malwareFound)
            return look.report
        }
        guard file.byteCount > 0 else {
            // Nothing to decode; an archive can hold hundreds of such files.
            look.skip([.copy], .unknownType)
            return look.report
        }
        look.readMetadata()
        look.askDecoders()
        if look.kind.hasMembers {
            try examineMembers(&look, path, &budget, deliver)
        } else if let copy = look.copy() {
            try deliver(SafeCopy(kind: copy.kind, path: path, file: copy.file))
        }
        return look.report
    }

    private func examineMembers(
        _ look: inout Look, _ path: [Int], _ budget: inout Budget,
        _ deliver: (SafeCopy) throws -> Void
    ) throws {
        guard path.count < ExaminationLimits.archiveDepth else {
            return look.skip([.members], .tooDeep)
        }
        let deadline = min(look.deadline, .now + .seconds(ExaminationLimits.archiveSeconds))
        let members = look.members(budget)
        budget.files -= members.count
        budget.bytes -= members.reduce(0) { $0 + $1.file.byteCount }
        for (index, member) in members.enumerated() {
            guard ContinuousClock.now < deadline else {
                look.report.omittedMembers = members.count - index
                return look.skip([.members], .timeLimit)
            }
            look.report.members.append(
                try examine(
                    member.file, name: member.name, path: path + [index], &budget, deadline,
                    deliver))
        }
    }
}

extension FileKind {
    /// Whether it is unpacked instead of copied.
    var hasMembers: Bool { self == .archive || self == .compressed }
}
