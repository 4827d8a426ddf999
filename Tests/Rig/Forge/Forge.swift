import Agencies
import Custody
import DurableFiles
import Foundation
import Opening
import ReleaseKit
import Sealing
import Tips

/// Bundles that two dishonest verifiers signed with their real keys: everything outside is right,
/// and what is inside must still be refused by the office's program.
///
///     rig-forge OUT     writes OUT/{root.vkey,directory.note,identity.age} and OUT/<name>.tar
@main
struct Forge {
    let output: String
    let now: Hour
    let world: SampleWorld
    let directory: [UInt8]

    static func main() throws {
        guard CommandLine.arguments.count == 2,
            let now = Hour(unixTime: Int(Date().timeIntervalSince1970))
        else {
            FileHandle.standardError.write(Data("usage: rig-forge OUT\n".utf8))
            exit(64)
        }
        let world = try SampleWorld(issued: now.day)
        let forge = Forge(
            output: CommandLine.arguments[1], now: now, world: world,
            directory: try world.directoryNote())
        try forge.writeWorld()
        try forge.writeBundles()
    }

    private func writeWorld() throws {
        try Durable.createDirectory(output)
        try write([UInt8](world.root().vkey.utf8), "root.vkey")
        try write(directory, "directory.note")
        let identity = IdentityFile.encode(world.officeA, comment: ascii("rig"))
        try write(identity.withBytes { [UInt8](copying: $0) }, "identity.age")
    }

    private func writeBundles() throws {
        try writeBundle("honest", number: 1) { _ in }
        try writeBundle("consent-of-another-tip", number: 2) {
            $0.consentTip = 21
            $0.consentSigner = 21
        }
        try writeBundle("second-member", number: 3) {
            $0.parts[1] = try Self.evidence(addingSecondMember)
        }
        try writeBundle("link", number: 4) { $0.parts[1] = try Self.evidence(turningIntoLink) }
    }

    private func writeBundle(
        _ name: String, number: UInt64, _ bend: (inout SampleRelease) throws -> Void
    ) throws {
        var release = try SampleRelease(in: world)
        release.directory = try world.directory(directory)
        release.policy = release.directory.policyDigest
        release.sequence = number
        release.notBefore = now.text
        release.expires = world.issued.adding(days: 30).text + "T00"
        try bend(&release)
        try write(try release.build(in: world).tar(), "\(name).tar")
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try Durable.write(bytes.span, to: "\(output)/\(name)")
    }

    private static func evidence(_ change: (inout [UInt8]) -> Void) throws -> SampleRelease.Part {
        var part = try SampleRelease.Part.evidence([UInt8](repeating: 7, count: 1000))
        change(&part.plaintext)
        return part
    }

    private func addingSecondMember(_ tar: inout [UInt8]) {
        guard let header = EvidenceTar.header(size: 0) else { return }
        tar.replaceSubrange(1536..<2048, with: header)
    }

    private func turningIntoLink(_ tar: inout [UInt8]) {
        tar[156] = UInt8(ascii: "2")
        var sum = 8 * 32
        for index in 0..<512 where !(148..<156).contains(index) { sum += Int(tar[index]) }
        let digits = String(sum, radix: 8)
        let field = String(repeating: "0", count: 6 - digits.count) + digits
        tar.replaceSubrange(148..<154, with: Array(field.utf8))
    }
}
