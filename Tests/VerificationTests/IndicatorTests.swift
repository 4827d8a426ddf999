import Testing

@testable import Verification

@Suite struct IndicatorTests {
    @Test("the lists have as many values as their sources, each said differently")
    func lists() {
        // ILO (2012): eleven. Palermo Protocol, Article 3 (a): five acts, eight means, six purposes.
        #expect(ForcedLabourIndicator.allCases.count == 11)
        #expect(PalermoAct.allCases.count == 5)
        #expect(PalermoMeans.allCases.count == 8)
        #expect(PalermoPurpose.allCases.count == 6)
        let words =
            PalermoAct.allCases.map(\.words) + PalermoMeans.allCases.map(\.words)
            + PalermoPurpose.allCases.map(\.words)
        #expect(Set(words).count == 19)
    }
}
