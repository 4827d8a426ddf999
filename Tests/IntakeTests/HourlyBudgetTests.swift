import Custody
import Intake
import Serving
import Testing

extension Hour {
    /// An hour of a number that surely is one.
    static func at(_ number: Int) -> Hour { Hour(number: number) ?? .now }
}

@Suite struct HourlyBudgetTests {
    @Test func `Neither count nor bytes can be exceeded`() {
        var budget = HourlyBudget(count: 3, bytes: 100)
        let hour = Hour.at(10)
        expectEqual(budget.take(60, at: hour), true)
        expectEqual(budget.take(41, at: hour), false)
        expectEqual(budget.take(40, at: hour), true)
        expectEqual(budget.take(0, at: hour), true)
        expectEqual(budget.take(0, at: hour), false)
        #expect(budget.load(at: hour) == 1)
    }

    @Test func `The next hour begins afresh, an earlier one does not`() {
        var budget = HourlyBudget(count: 1, bytes: 100)
        expectEqual(budget.take(1, at: .at(10)), true)
        expectEqual(budget.take(1, at: .at(9)), false)
        expectEqual(budget.take(1, at: .at(11)), true)
    }

    @Test func `What came to nothing is put back`() {
        var budget = HourlyBudget(count: 1, bytes: 100)
        let hour = Hour.at(10)
        expectEqual(budget.take(100, at: hour), true)
        budget.putBack(100, at: hour)
        expectEqual(budget.take(100, at: hour), true)
    }
}
