import Agencies
import Composing
import Custody
import DurableFiles
import Foundation
import NativePrimitives
import Sealing
import Submission
import Tips

// Makes many different sealed tips for the fault rigs, as files that can be posted as they are.
//
//   rig-frames DIRECTORY VKEY COUNT OUT      writes OUT/0.frame, OUT/1.frame, …

let arguments = CommandLine.arguments
guard arguments.count == 5, let count = Int(arguments[3]) else {
    FileHandle.standardError.write(Data("usage: rig-frames DIRECTORY VKEY COUNT OUT\n".utf8))
    exit(64)
}
let note = try Durable.read(arguments[1], limit: UnverifiedDirectory.byteLimit)
guard let today = Day(unixTime: Int(Date().timeIntervalSince1970)) else { exit(70) }
let directory = try UnverifiedDirectory(note).verified(
    root: NoteVerifier(vkey: arguments[2]), clock: today, newest: nil)
let draft = try TipDraft(parsing: ascii(#"{"report": {"narrative": "rig"}}"#).span)
let terms = try DeskTerms(directory, today: today)
try Durable.createDirectory(arguments[4])
for index in 0..<count {
    let frame = try TipBuilder.build(
        draft, terms: terms, keys: NativeKeys.random())
    _ = FileManager.default.createFile(
        atPath: "\(arguments[4])/\(index).frame", contents: Data(frame.encoded))
}
