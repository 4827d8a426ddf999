import Testing

@testable import Matching

@Suite struct SketchTests {
    private static let chinese =
        "我儿子2023年2月被朋友骗到缅甸妙瓦底，现在被关在园区里，每天工作十六个小时，不听话就被打。他们要我们付二十万元才放人，最后期限是下个星期五。请帮帮我们。"

    private func sketch(_ text: String) throws -> TextSketch { try #require(TextSketch(text)) }

    @Test("the same text typed otherwise has the same fingerprint")
    func same() throws {
        let text = try sketch(Self.chinese)
        let typed = try sketch(
            Self.chinese.replacing("，", with: ", ").replacing("2023", with: "２０２３")
                .replacing("园区", with: "園區"))
        #expect(text.fingerprint == typed.fingerprint)
        #expect(text.likeness(to: typed) == 1)
        #expect(TextSketch("abcd") == nil)
        #expect(TextSketch("…") == nil)
    }

    @Test("two words changed in a short text leave it like; another text is not")
    func like() throws {
        let text = try sketch(Self.chinese)
        let changed = try sketch(
            Self.chinese.replacing("二十万", with: "三十五万").replacing("朋友", with: "网友"))
        #expect(text.fingerprint != changed.fingerprint)
        #expect(text.likeness(to: changed) >= TextSketch.threshold)
        let other = try sketch(
            "我女儿今年十九岁，在柬埔寨西港失踪，三个月没有消息了。她说去做客服，公司在中国城。求求你们找找她。")
        #expect(text.likeness(to: other) < 0.1)
    }

    private struct Chance: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            return TextSketch.mixed(state)
        }
    }

    @Test("the estimate is near the true part of pieces that two texts share")
    func estimate() throws {
        var chance = Chance(state: 7)
        var error = 0.0
        let pairs = 60
        for pair in 0..<pairs {
            let base = (0..<400).map { _ in
                Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &chance)))
            }
            var other = base
            for _ in 0..<pair { other[Int.random(in: 0..<400, using: &chance)] = "z" }
            let (one, two) = (String(base), String(other))
            let exact = Self.jaccard(one, two)
            error += abs(try sketch(one).likeness(to: try sketch(two)) - exact)
        }
        // The standard error of 128 values is at most 0.045; its mean size 0.035.
        #expect(error / Double(pairs) < 0.04)
    }

    private static func jaccard(_ first: String, _ second: String) -> Double {
        func pieces(_ text: String) -> Set<[UInt32]> {
            let scalars = FoldedText.scalars(text)
            return Set((0...scalars.count - 5).map { Array(scalars[$0..<$0 + 5]) })
        }
        let (one, two) = (pieces(first), pieces(second))
        return Double(one.intersection(two).count) / Double(one.union(two).count)
    }

    @Test("an index finds the like ones among many, the same as comparing each would")
    func index() throws {
        var chance = Chance(state: 3)
        let words = (0..<400).map { _ in
            String(
                (0..<Int.random(in: 2...7, using: &chance)).map { _ in
                    Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &chance)))
                })
        }
        var texts = (0..<600).map { _ in
            (0..<40).map { _ in words.randomElement(using: &chance) ?? "" }.joined(separator: " ")
        }
        texts[17] = texts[400].replacing(" ", with: "  ")
        texts[18] = texts[400] + " and a few words more"
        let sketches = try texts.map(sketch)
        let index = SketchIndex(sketches)
        let finds = index.finds(like: sketches[400])
        #expect(finds.prefix(2).map(\.isSame) == [true, true])
        #expect(Set(finds.map(\.number)) == [17, 18, 400])
        var missed = 0
        for (number, sketch) in sketches.enumerated() {
            let near = sketches.indices.filter { sketch.likeness(to: sketches[$0]) >= 0.5 }
            missed += near.count { near in
                !index.finds(like: sketch).contains { $0.number == near }
            }
            #expect(near.contains(number))
        }
        #expect(missed == 0)
        var grown = SketchIndex()
        for sketch in sketches { _ = grown.insert(sketch) }
        #expect(grown.count == 600)
        for number in [0, 17, 18, 400, 599] {
            #expect(grown.finds(like: sketches[number]) == index.finds(like: sketches[number]))
        }
    }
}
