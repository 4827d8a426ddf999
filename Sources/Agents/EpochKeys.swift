package import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing

/// The beginning and the end of an epoch's keys.
extension DeskKeys {
    /// The public halves of an epoch's keys, which are made unless they are there: whoever was cut off
    /// asks again and gets the same.
    ///
    /// - Returns: the halves, and whether the keys were made now.
    /// - Throws: ``FileError`` and the like.
    package func publicEpoch(_ number: Int) throws -> (epoch: PublicEpoch, isNew: Bool) {
        guard let made = try epochs()[number] else { return (try addEpoch(number), true) }
        guard made.count == 2 else { throw AgentRefusal.storage }
        let epoch = PublicEpoch(
            number: number, recipient: made[0].recipient, legacyRecipient: made[1].recipient)
        return (epoch, false)
    }

    /// The epochs whose keys are in `folder`; no passphrase is needed to see that.
    ///
    /// - Throws: ``FileError``.
    package static func epochNumbers(in folder: String) throws(FileError) -> [Int] {
        try Durable.list(folder).compactMap(epochNumber).sorted()
    }

    /// The number in the name of an epoch's file; nil for another file.
    static func epochNumber(_ name: String) -> Int? {
        guard name.hasPrefix("epoch-"), name.hasSuffix(".age"),
            let number = Int(name.dropFirst(6).dropLast(4)), name == epochFile(number)
        else { return nil }
        return number
    }

    static func epochFile(_ number: Int) -> String { "epoch-\(number).age" }

    /// Destroys an epoch's keys: the file is written over, made durable, and removed, and what a crash
    /// left of its making too. Done again after a crash, it goes on.
    ///
    /// A disk of flash memory may keep what was written over, and a backup what was there: both are
    /// sealed to the folder's store key, and so under its passphrase.
    /// - Throws: ``FileError``.
    package static func destroyEpoch(_ number: Int, in folder: String) throws(FileError) {
        let name = epochFile(number)
        for left in try Durable.list(folder) where left.hasPrefix("." + name) {
            try overwrite("\(folder)/\(left)")
        }
        try overwrite("\(folder)/\(name)")
    }

    private static func overwrite(_ path: String) throws(FileError) {
        if Durable.exists(path) {
            var file = try OpenFile(updating: path)
            let length = try file.regularFileLength() ?? 0
            let noise = NativePrimitives.randomBytes(count: length)
            try file.write(noise.span)
            try file.sync()
        }
        try Durable.remove(path)
    }
}
