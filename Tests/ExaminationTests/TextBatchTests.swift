import Glibc
import Testing

@testable import Examination

/// Texts read by workers before anybody else reads them; the worker here is a program of the test's.
@Suite(.enabled(if: Machine.hasSandbox && Machine.hasPython)) struct TextBatchTests {
    /// A worker that reads like ours, but for what `misdeeds` does with a text of these letters.
    private func readers(_ misdeeds: String, seconds: Int = 20) -> TextReaders {
        var limits = WorkerLimits()
        limits.seconds = seconds
        limits.outputBytes = 16 * 1024
        let program = """
            import os, sys, time
            os.write(1, b"sallyport.texts/1\\n")
            os.read(0, 1)
            rest = os.pread(4, 1 << 23, 0)
            while rest:
                length = int.from_bytes(rest[1:5], "big")
                text, rest = rest[5:5 + length], rest[5 + length:]
                \(misdeeds)
                os.write(1, b"-" if text.startswith(b"bad") else b"+")
            """
        return TextReaders(
            Worker(
                programs: ["python3"], command: ["python3", "-I", "-c", program], limits: limits))
    }

    private func read(_ texts: [String], _ readers: TextReaders) throws -> [TextBatch.Outcome] {
        var batch = try readers.batch()
        for text in texts { try batch.append(1, [UInt8](text.utf8).span) }
        return try batch.read()
    }

    @Test func allAreReadWhateverTheWorkerThinksOfThem() throws {
        #expect(try read(["a", "bad", "", "c"], readers("")) == [.read, .read, .read, .read])
        #expect(try read([], readers("")).isEmpty)
    }

    @Test(arguments: [
        "if text == b'hostile': os.kill(os.getpid(), 11)",
        "if text == b'hostile': sys.exit(0)",
        "if text == b'hostile': x = bytearray(4 << 30)",
        "if text == b'hostile': os.write(1, b'?')",
    ])
    func aTextThatEndsItsWorkerIsTheOnlyOneUnread(misdeed: String) throws {
        let texts = ["one", "hostile", "two", "bad", "hostile", "three"]
        #expect(
            try read(texts, readers(misdeed)) == [.read, .unread, .read, .read, .unread, .read])
    }

    /// Who has taken over a worker can say that it read what it did not; not more.
    @Test func aWorkerThatSaysTooMuchIsNotBelieved() throws {
        let readers = readers("if text == b'hostile': os.write(1, b'+' * 999)")
        #expect(try read(["one", "hostile"], readers) == [.read, .unread])
    }

    @Test func oneThatHangsIsGivenUpInTime() throws {
        let start = ContinuousClock.now
        let outcomes = try read(
            ["one", "hostile", "two"],
            readers("if text == b'hostile': time.sleep(600)", seconds: 1))
        #expect(outcomes == [.read, .unread, .read])
        #expect(ContinuousClock.now - start < .seconds(15))
    }

    /// What kills a worker only in the company of others is read alone.
    @Test func aTextIsTriedAlone() throws {
        let readers = readers("if text == b'heavy' and rest: os.abort()")
        #expect(try read(["heavy", "one"], readers) == [.read, .read])
    }

    @Test func aMachineThatStartsNoWorkerSaysNothingOfTexts() throws {
        let silent = TextReaders(Worker(programs: ["sh"], command: ["sh", "-c", "exit 1"]))
        #expect(throws: NotDone.notStarted) { try read(["one"], silent) }
        let missing = TextReaders(Worker(programs: ["no-such-tool"], command: ["no-such-tool"]))
        #expect(throws: NotDone.toolMissing) { try read(["one"], missing) }
    }

    @Test func aBatchIsBounded() throws {
        var batch = try readers("").batch()
        let large = [UInt8](repeating: 0x20, count: TextBatch.byteLimit - TextForm.headBytes)
        #expect(throws: MemoryFileError.tooLarge) {
            try batch.append(1, ([0x20] + large).span)
        }
        for _ in 0..<TextBatch.textLimit { try batch.append(1, [UInt8]().span) }
        #expect(throws: MemoryFileError.tooLarge) { try batch.append(1, [UInt8]().span) }
        #expect(try batch.read().count == TextBatch.textLimit)
    }

    @Test func answersAreReadStrictly() throws {
        func answers(_ text: String, to count: Int) -> (isGreeted: Bool, [Bool], NotDone?) {
            var reader = TextAnswers(count: count)
            do throws(NotDone) {
                try reader.take([UInt8](text.utf8))
            } catch {
                return (reader.isGreeted, reader.answers, error)
            }
            return (reader.isGreeted, reader.answers, nil)
        }
        #expect(answers("sallyport.texts/1\n+-", to: 2) == (true, [true, false], nil))
        #expect(answers("sallyport.texts/1", to: 2) == (false, [], nil))
        #expect(answers("sallyport.texts/2\n+", to: 2) == (false, [], .unexpectedOutput))
        #expect(answers("sallyport.texts/1\n+ +", to: 3) == (true, [true], .unexpectedOutput))
        #expect(answers("sallyport.texts/1\n+-+", to: 2) == (true, [true], .unexpectedOutput))
        #expect(answers("sallyport.texts/1\n+", to: 0) == (true, [], .unexpectedOutput))
    }

    @Test func theFormIsReadAsItIsWritten() {
        func texts(_ file: [UInt8]) -> [[UInt8]]? {
            var texts: [[UInt8]] = []
            let isWhole = TextForm.each(in: file) { (kind, text) in
                texts.append([kind] + text.indices.map { text[$0] })
            }
            return isWhole ? texts : nil
        }
        let file = TextForm.head(1, 2) + [7, 8] + TextForm.head(2, 0)
        #expect(texts(file) == [[1, 7, 8], [2]])
        #expect(texts([]) == [])
        for count in 1..<file.count where count != 7 {
            #expect(texts(Array(file.prefix(count))) == nil)
        }
        #expect(texts([1, 0xFF, 0xFF, 0xFF, 0xFF, 0]) == nil)
    }
}
