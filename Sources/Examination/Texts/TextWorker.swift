internal import Glibc

/// The inner side: what runs in the sandbox and reads texts before anybody else does.
///
/// It greets, waits for one byte on its input, and then reads the lent file to its end; so it can be
/// started while the texts are still being decrypted. A text that takes too long ends it.
package enum TextWorker {
    /// The one argument by which our own program is told to be a worker.
    package static let argument = "read-texts"
    /// Seconds for a text that shares its worker; any real one takes thousandths.
    static let sharedSeconds: UInt32 = 2
    /// Seconds for a text that has a worker of its own.
    static let aloneSeconds: UInt32 = 10

    /// Reads all texts with `isAccepted`, which is given a text's kind and bytes, and answers.
    ///
    /// - Returns: the exit code.
    package static func run(_ isAccepted: (UInt8, Span<UInt8>) -> Bool) -> Int32 {
        guard say(TextAnswers.greeting), isToldToGo(), let file = lentFile() else { return 1 }
        var count = 0
        guard TextForm.each(in: file, { _, _ in count += 1 }) else { return 1 }
        let seconds = count == 1 ? aloneSeconds : sharedSeconds
        var isHeard = true
        _ = TextForm.each(in: file) { kind, text in
            // Nobody catches the alarm: it ends this process.
            alarm(seconds)
            let answer = isAccepted(kind, text) ? TextAnswers.accepted : TextAnswers.refused
            isHeard = isHeard && say([answer])
        }
        return isHeard ? 0 : 1
    }

    private static func say(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes {
            unsafe write(SpawnedDescriptor.output, $0.baseAddress, $0.count)
        }
            == bytes.count
    }

    private static func isToldToGo() -> Bool {
        var go: UInt8 = 0
        return unsafe read(SpawnedDescriptor.input, &go, 1) == 1
    }

    private static func lentFile() -> [UInt8]? {
        let length = lseek(SpawnedDescriptor.lent, 0, SEEK_END)
        guard (0...TextBatch.byteLimit).contains(length) else { return nil }
        var bytes = [UInt8](repeating: 0, count: length)
        var done = 0
        while done < length {
            let position = done
            let got = unsafe bytes.withUnsafeMutableBytes {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[position...])
                return unsafe pread(SpawnedDescriptor.lent, rest.baseAddress, rest.count, position)
            }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }
}
