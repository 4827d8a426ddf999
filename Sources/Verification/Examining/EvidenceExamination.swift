internal import Custody
internal import DurableFiles
package import Examination
internal import Glibc
internal import NativePrimitives
internal import Synchronization
internal import Tips

/// Lets workers look into the evidence of a case, each file in workers of its own.
///
/// The original is decrypted into memory that no file system sees, and its safe copies are sealed to the
/// case's key as soon as they are there.
package struct EvidenceExamination {
    private let opened: OpenedCase
    private let examiner: Examiner

    /// An examination of this case's evidence.
    package init(_ opened: OpenedCase, with examiner: Examiner) {
        self.opened = opened
        self.examiner = examiner
    }

    /// Evidence that nobody has looked into yet, by the numbers of its parts in the case.
    package var waiting: [Int] {
        opened.parts.indices.filter {
            let part = opened.parts[$0]
            return part.partClass == .evidence && opened.record.examined[part.payload] == nil
        }.map { $0 + 1 }
    }

    /// Looks into these parts, several side by side, and writes down what was found of each as soon as
    /// it is known: a file that takes long keeps back no other.
    ///
    /// - Parameters:
    ///   - numbers: numbers of parts in the case, from 1.
    ///   - tell: is told the number of each part that is done, from any thread.
    /// - Returns: what could not be looked into, in words.
    package func run(
        _ numbers: [Int], tell: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(DeskError) -> [String] {
        let parts = try numbers.map { (number) throws(DeskError) in
            try opened.part(named: "\(number)")
        }
        guard parts.allSatisfy({ $0.partClass == .evidence }) else {
            throw .badInput("Only evidence is examined: texts are read as text.")
        }
        let failures = Mutex<[String]>([])
        let work = parts.map {
            Work(
                file: opened.file($0.payload), part: $0, tip: opened.tip, desk: opened.desk,
                isRendered: !opened.record.neverRendered.contains($0.payload))
        }
        let examiner = examiner
        SideBySide.run(work.count) { index in
            do {
                try work[index].run(examiner)
                tell(numbers[index])
            } catch {
                let why = DeskError(wrapping: error).message
                failures.withLock { $0.append("part \(numbers[index]): \(why)") }
            }
        }
        return failures.withLock { $0 }
    }
}

/// One file.
private struct Work: Sendable {
    let file: PartFile
    let part: OpenedCase.Part
    let tip: TipID
    let desk: Desk
    let isRendered: Bool

    func run(_ examiner: Examiner) throws {
        var copies: [Examined.Copy] = []
        let report: ExaminationReport
        if let original = try decrypted() {
            report = try examiner.examine(
                original, extent: isRendered ? .full : .neverRender, unixTime: time(nil)
            ) { copies.append(try CopySealing(desk: desk, tip: tip).seal($0)) }
        } else {
            report = tooLarge
        }
        try desk.appendBeside(
            .examined(Examined(part: part.payload, report: report, copies: copies)), to: tip)
    }

    private var tooLarge: ExaminationReport {
        var report = ExaminationReport()
        report.scan = ScanAnswer(.couldNotScan(.tooLarge))
        report.gaps = Gap.Step.allCases.map { Gap($0, .tooLarge) }
        return report
    }

    /// The original in memory; nil when it is larger than any that is looked into.
    ///
    /// - Throws: ``DeskError/altered(_:)`` unless it is what was sent.
    private func decrypted() throws -> MemoryFile? {
        var writer = try MemoryFileWriter(limit: ExaminationLimits.fileBytes)
        do {
            let digests = try file.open(as: .evidence) { try writer.append($0) }
            guard digests.payload == part.payload, digests.plaintext == part.plaintext else {
                throw DeskError.altered("a part is not what was sent")
            }
        } catch MemoryFileError.tooLarge {
            return nil
        }
        return try writer.sealed()
    }
}
