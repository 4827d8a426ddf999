import Agencies
import DeskKit
import Testing

@testable import Verification

/// When the next epoch opens, and when an old one's key is due. The world's only epoch was opened five
/// days ago and closes in 25.
struct EpochPlanTests {
    private let today: Day

    init() throws { today = try require(DeskWorld.today) }

    private func directory(isDead: Bool = false) throws -> Directory {
        let world = try DeskWorld()
        return try UnverifiedDirectory(try world.directory(isEpochDead: isDead)).verified(
            root: world.rootVerifier, clock: today, newest: nil)
    }

    @Test func theNextOneOverlapsTheNewest() throws {
        let directory = try directory()
        let plan = try EpochPlan(after: directory, today: today)
        #expect(plan.number == 2)
        #expect(plan.opens == today.adding(days: 25 - EpochPlan.overlapDays))
        #expect(plan.closes == plan.opens.adding(days: EpochPlan.openDays - 1))
    }

    @Test func whoIsLateOpensTomorrow() throws {
        let directory = try directory()
        for days in [20, 40] {
            let later = today.adding(days: days)
            #expect(try EpochPlan(after: directory, today: later).opens == later.adding(days: 1))
        }
    }

    @Test func nobodyPlansADayWithoutAKey() throws {
        let directory = try directory()
        #expect(throws: DeskError.self) {
            try EpochPlan(after: directory, today: today, opens: today.adding(days: 27))
        }
        #expect(throws: DeskError.self) {
            try EpochPlan(after: directory, today: today, opens: today.adding(days: -1))
        }
        let last = try EpochPlan(after: directory, today: today, opens: today.adding(days: 26))
        #expect(last.opens == today.adding(days: 26))
        for days in [0, EpochPlan.openDaysLimit + 1] {
            #expect(throws: DeskError.self) {
                try EpochPlan(after: directory, today: today, days: days)
            }
        }
    }

    /// One day too early would lose a tip that was sealed in time.
    @Test func aKeyIsDueWhenItsGraceIsOver() throws {
        let directory = try directory()
        func isDue(_ days: Int) -> [Bool] {
            EpochKeyState.all([1, 2], in: directory, on: today.adding(days: days)).map(\.isDue)
        }
        #expect(isDue(0) == [false, false])
        #expect(isDue(25 + DeskEpoch.graceDays) == [false, false])
        #expect(isDue(26 + DeskEpoch.graceDays) == [true, false])
    }

    @Test func aDeadOneIsDueAtOnce() throws {
        let states = EpochKeyState.all([1], in: try directory(isDead: true), on: today)
        #expect(states.map(\.isDue) == [true])
    }
}
