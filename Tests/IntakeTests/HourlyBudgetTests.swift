import Intake
import Serving
import Testing

@Suite struct HourlyBudgetTests {
    @Test func `Neither count nor bytes can be exceeded`() {
        var budget = HourlyBudget(count: 3, bytes: 100)
        let hour = Hour(number: 10)
        #expect(budget.take(60, at: hour))
        #expect(!budget.take(41, at: hour))
        #expect(budget.take(40, at: hour))
        #expect(budget.take(0, at: hour))
        #expect(!budget.take(0, at: hour))
        #expect(budget.load(at: hour) == 1)
    }

    @Test func `The next hour begins afresh, an earlier one does not`() {
        var budget = HourlyBudget(count: 1, bytes: 100)
        #expect(budget.take(1, at: Hour(number: 10)))
        #expect(!budget.take(1, at: Hour(number: 9)))
        #expect(budget.take(1, at: Hour(number: 11)))
    }

    @Test func `What came to nothing is put back`() {
        var budget = HourlyBudget(count: 1, bytes: 100)
        let hour = Hour(number: 10)
        #expect(budget.take(100, at: hour))
        budget.putBack(100, at: hour)
        #expect(budget.take(100, at: hour))
    }
}
