import Testing

@testable import Examination

@Suite struct FilterTests {
    @Test func filtersAreWhole() {
        #expect(SystemCallFilter(allowsLocalSockets: false).program.count % 8 == 0)
    }
}
