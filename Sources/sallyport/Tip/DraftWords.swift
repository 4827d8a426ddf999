internal import Composing
internal import Submission
internal import Tips

/// What is wrong in TIP.json, in words; nothing of its content is repeated but names of members.
enum DraftWords {
    /// What is wrong.
    static func message(_ problem: DraftProblem) -> String {
        switch problem {
        case .json(let error): words(error)
        case .section(let partClass, .json(let error)):
            "in \"\(partClass.name)\": \(words(error))"
        case .section(let partClass, _): "\"\(partClass.name)\" is too long"
        case .officeTwice(let office): "the office \"\(office)\" stands there twice"
        case .sharedAndNever(let office):
            "the office \"\(office)\" is both in \"share\" and in \"never\""
        case .tooManyOffices: "it names too many offices"
        case .emptyWord: "\"withdrawalWord\" is empty"
        }
    }

    /// What to do.
    static func hint(_ problem: DraftProblem) -> String {
        switch problem {
        case .section(_, .tooLarge):
            "Put the longest text into a file of its own, and send that with --evidence."
        default: "Nothing was sent. \"sallyport help submit\" shows how the file looks."
        }
    }

    private static func words(_ error: JSONError) -> String {
        switch error {
        case .tooLarge: "it is too long"
        case .tooDeep: "it is nested too deeply"
        case .syntax(let place), .badText(let place):
            "it is not valid JSON at byte \(place): perhaps a comma or a quotation mark is missing"
        case .unsupportedNumber(let place):
            "a number at byte \(place) is not a whole number; put it between quotation marks"
        case .repeatedKey(let key): "\"\(key)\" stands there twice"
        case .wrongType(let key):
            key.isEmpty ? "it is not of the right kind" : "\"\(key)\" is not of the right kind"
        case .missingKey(let key): "\"\(key)\" is missing"
        case .unknownKey(let key): "\"\(key)\" is not known here; it may be misspelt"
        case .badValue(let key): "\"\(key)\" has a value that is not allowed there"
        }
    }
}
