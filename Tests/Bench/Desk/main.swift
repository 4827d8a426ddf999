import Agencies
import Agents
import Composing
import Containers
import Custody
import DeskKit
import Foundation
import NativePrimitives
import Sealing
import Synchronization
import Submission
import Tips
import Verification

// Measures the desk: how long it takes to open, check and queue many tips, to list them, and to find
// those that are like one.
//
//   bench-desk COUNT
//
// A real agent answers at a real socket, in this process; dispatch is in memory.

/// Tips of different reporters, sealed on all processors.
func tips(_ count: Int, _ draft: TipDraft, _ terms: DeskTerms) -> [[UInt8]] {
    let made = Mutex<[[UInt8]]>([])
    let left = Atomic(count)
    Threads.run(Threads.useful) {
        while left.subtract(1, ordering: .relaxed).oldValue > 0 {
            guard let frame = try? TipBuilder.build(draft, terms: terms, keys: NativeKeys.random())
            else { return }
            made.withLock { $0.append(frame.encoded) }
        }
    }
    return made.withLock { $0 }
}

/// Seconds on the clock, and seconds of processors.
func seconds(_ body: () async throws -> Void) async rethrows -> String {
    let (start, used) = (ContinuousClock.now, clock())
    try await body()
    return String(
        format: "%.2f s, %.2f s of processors", (ContinuousClock.now - start) / .seconds(1),
        Double(clock() - used) / Double(CLOCKS_PER_SEC))
}

let arguments = CommandLine.arguments
guard arguments.count == 2, let count = Int(arguments[1]), count > 0 else {
    FileHandle.standardError.write(Data("usage: bench-desk COUNT\n".utf8))
    exit(64)
}
let world = try DeskWorld()
let folder = world.folder + "/desk"
try DeskSettings(
    root: world.rootVerifier, agent: world.folder + "/desk.sock", dispatch: "", certificates: ""
).create(in: folder)
let note = try world.directory()
_ = try Desk.take(directory: note, policy: try DeskWorld.policy().encoded, in: folder)
let desk = try Desk.open(folder)
let today = try require(DeskWorld.today)
let terms = try DeskTerms(desk.directory, today: today)
let junk = try TipDraft(
    parsing: ascii(#"{"report": {"narrative": "They hold my brother near Myawaddy."}}"#).span)
let urgent = try TipDraft(
    parsing: ascii(#"{"urgency": {"danger": ["life"]}, "report": {"narrative": "help"}}"#).span)

let link = FakeDispatch()
await link.offer(tips(count, junk, terms))
print(
    "pull of \(count) tips:", try await seconds { _ = try await Pull(desk, over: link).run() })
print("first queue:", try await seconds { _ = try desk.queue() })
await link.offer(tips(1, urgent, terms))
print("pull of one more:", try await seconds { _ = try await Pull(desk, over: link).run() })
print(
    "queue again:",
    try await seconds {
        guard try desk.queue().first?.danger == [.life] else {
            fatalError("the urgent tip is not first")
        }
    })

let last = try require(try desk.queue().last).tip.hex
for time in ["first", "second"] {
    print(
        "cases like one, the \(time) time:",
        try await seconds {
            let found = try desk.openCase(last).proposals()
            guard found.list.count + found.more + 1 >= count else {
                fatalError("not every tip of the same text is found")
            }
        })
}
