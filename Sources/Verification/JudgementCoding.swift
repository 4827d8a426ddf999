internal import Custody
internal import Forwarding
internal import Tips

/// A judgement as members of its journal entry. Entries from before 2026-11-27 have no `support` and
/// nothing after it.
extension Judgement {
    func write(to object: inout JSONObject) {
        object.add("verdict", .string(verdict))
        object.add("source", .string(assessment.source.rawValue))
        object.add("information", .integer(Int64(assessment.information.rawValue)))
        object.add("reason", .string(assessment.reason))
        object.add("indicators", .array(indicators.map { .string($0.rawValue) }))
        object.add("sharing", .string(handling.sharing.rawValue))
        object.add("actions", .string(handling.actions.rawValue))
        object.add("caveat", .string(handling.caveat))
        object.add("civilians", .bool(handling.civiliansHeldHere))
        object.add("support", .array(support.map { .object($0.json) }))
        elements.write(to: &object)
        object.add("sources", .integer(Int64(corroboration.sources)))
        object.add("sourcesNote", .string(corroboration.note))
        object.add("placeReason", .string(corroboration.placeReason))
        object.add("notes", .string(notes))
    }

    init(_ object: JSONObject) throws {
        guard let source = SourceReliability(rawValue: try object.string("source")),
            let information = InformationCredibility(
                rawValue: try object.int("information", in: 1...6)),
            let sharing = TrafficLight(rawValue: try object.string("sharing")),
            let actions = PermissibleActions(rawValue: try object.string("actions"))
        else { throw JSONError.badValue("assessed") }
        let isOld = !object.has("support")
        self.init(
            verdict: try object.string("verdict"),
            assessment: Assessment(
                source: source, information: information, reason: try object.string("reason")),
            indicators: try object.values("indicators"),
            handling: Handling(
                sharing: sharing, actions: actions, caveat: try object.string("caveat"),
                civiliansHeldHere: try object.bool("civilians")),
            support: isOld
                ? [] : try object.objects("support").map { try IndicatorSupport($0) },
            elements: isOld ? PalermoElements() : try PalermoElements(object),
            corroboration: isOld ? Corroboration() : try Corroboration(object),
            notes: isOld ? "" : try object.string("notes"))
    }
}

extension IndicatorSupport {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("indicator", .string(indicator.rawValue))
        object.add("part", .string(part.hex))
        object.add("sentence", .string(sentence))
        return object
    }

    fileprivate init(_ object: JSONObject) throws {
        guard let indicator = ForcedLabourIndicator(rawValue: try object.string("indicator")) else {
            throw JSONError.badValue("indicator")
        }
        self.init(
            indicator: indicator, part: try object.hash("part"),
            sentence: try object.string("sentence"))
    }
}

extension PalermoElements {
    fileprivate func write(to object: inout JSONObject) {
        object.add("acts", .array(acts.map { .string($0.rawValue) }))
        object.add("means", .array(means.map { .string($0.rawValue) }))
        object.add("purposes", .array(purposes.map { .string($0.rawValue) }))
        object.add("child", .bool(isChild))
    }

    fileprivate init(_ object: JSONObject) throws {
        self.init(
            acts: try object.values("acts"), means: try object.values("means"),
            purposes: try object.values("purposes"), isChild: try object.bool("child"))
    }
}

extension Corroboration {
    fileprivate init(_ object: JSONObject) throws {
        self.init(
            sources: try object.int("sources", in: 0...Self.sourceLimit),
            note: try object.string("sourcesNote"),
            placeReason: try object.string("placeReason"))
    }
}

extension JSONObject {
    /// The words of a list, each of which must be one of the values.
    fileprivate func values<Value: RawRepresentable<String>>(
        _ key: String
    ) throws(JSONError) -> [Value] {
        var values: [Value] = []
        for word in try strings(key) {
            guard let value = Value(rawValue: word) else { throw .badValue(key) }
            values.append(value)
        }
        return values
    }
}
