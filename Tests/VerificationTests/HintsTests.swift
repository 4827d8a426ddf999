import Testing
import Tips

@testable import Verification

/// What the program points out in a case's texts.
struct HintsTests {
    private func hints(_ answer: String) async throws -> String {
        let world = try CaseWorld()
        var part = AnswerPart()
        part.question = "q1"
        part.text = answer
        _ = try await world.pull([
            try world.tipFrame(), try world.supplementFrame(.answer, try part.encoded()),
        ])
        return try OpenedCase(world.tip, of: world.desk).hints().joined(separator: "\n")
    }

    @Test func placesInAnyScriptAreNamedWithWhatTheyMayBe() async throws {
        let hints = try await hints("They are in K.K. park now, ask @boss_li on Telegram")
        #expect(hints.contains("[5] place\n    “妙瓦底” may be "))
        #expect(hints.contains("“K.K. park” may be KK"))
        #expect(hints.contains("account of a messenger or network (mentioned): "))
    }

    @Test func zawgyiIsShownAsItReadsAndKeptAsItWasTyped() async throws {
        let typed = "ကြ်န္ေတာ္တို႔ကို ျမဝတီမွာ ပိတ္ထားတယ္။ ကယ္ပါဦး။"
        let hints = try await hints(typed)
        #expect(hints.contains("typed in Zawgyi; it reads: ကျွန်တော်တို့ကို မြဝတီမှာ ပိတ်ထားတယ်။"))
        #expect(!(try await self.hints("ကျွန်တော်တို့ကို မြဝတီမှာ ပိတ်ထားတယ်။").contains("Zawgyi")))
    }

    @Test func whatWouldDeceiveATerminalIsShownByItsCode() async throws {
        let hints = try await hints("KK Park\u{202E} and \u{1B}[2J KK Park")
        #expect(!hints.contains("\u{202E}") && !hints.contains("\u{1B}"))
    }
}
