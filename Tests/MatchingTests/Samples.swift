import Foundation
import Matching
import NativePrimitives
import Sealing
import Testing
import Tips

/// A file of the repository, by its path from the top.
func repositoryFile(_ path: String) throws -> [UInt8] {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: top.appending(path: path)))
}

/// The texts of the page in one language.
func pageTexts(_ language: String) throws -> [String] {
    let file = try repositoryFile("Sources/Intake/Page/languages/\(language).json")
    let strings = try JSON.parse(file.span).asObject().object("strings")
    return strings.members.compactMap { member in
        if case .string(let text) = member.value { text } else { nil }
    }
}

func secret(_ byte: UInt8) -> SecretBytes<NativePrimitives> {
    let bytes = [UInt8](repeating: byte, count: 32)
    return SecretBytes(copying: bytes.span)
}
