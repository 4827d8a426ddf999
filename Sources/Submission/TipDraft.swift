package import Agencies
package import Tips

/// A tip as its reporter wrote it: the file `TIP.json`, read strictly.
///
/// ```
/// {
///   "language": "zh-Hans",
///   "urgency": {"danger": ["ransom"], "reason": "…", "deadline": "2026-12-01"},
///   "report": {"narrative": "…"},
///   "reporter": {"who": "…", "contact": "…", "safeToReply": false, "how": "…"},
///   "person": {"people": [{"names": ["…"], "papers": "…", "description": "…"}]},
///   "place": {"site": "…", "building": "…", "floor": "…", "room": "…", "asOf": "…"},
///   "perpetrators": {"people": [], "accounts": [], "demand": {"amount": "250000",
///     "currency": "CNY", "deadline": "2026-12-01"}},
///   "compelled": {"account": "…"},
///   "share": [{"office": "office-a", "parts": ["report", "person", "evidence"]}],
///   "never": ["office-c"],
///   "withdrawalWord": "…",
///   "tellMe": false
/// }
/// ```
///
/// Every member is optional; one that is not listed here is refused, so that a misspelt *never*
/// cannot pass unseen. What nobody is named in `share` for, nobody but the desk gets.
package struct TipDraft: Equatable, Sendable {
    /// Consent for one office.
    package struct Share: Equatable, Sendable {
        /// The office.
        package let office: OfficeID
        /// The classes it may have.
        package let classes: Set<PartClass>
    }

    /// Most bytes of the file.
    package static let byteLimit = 256 * 1024

    /// The content of each of the seven text parts, in the order of their codes.
    package let contents: [TipContent]
    /// Who may have what.
    package let shares: [Share]
    /// Who must never have anything.
    package let never: [OfficeID]
    /// The word in the file that a true withdrawal needs; nil when there is none.
    package let withdrawalWord: String?
    /// What was made of a word that was typed instead; goes before the file's.
    package private(set) var lock: WithdrawalLock?
    /// Whether the mailbox may say how far the tip has come.
    package let tellsProgress: Bool

    /// Reads the file.
    ///
    /// - Throws: ``DraftProblem``.
    package init(parsing text: Span<UInt8>) throws(DraftProblem) {
        let object: JSONObject
        do throws(JSONError) {
            object = try JSON.parse(text, limit: Self.byteLimit).asObject()
            try object.allowOnly(
                PartClass.textParts.map(\.name)
                    + ["language", "share", "never", "withdrawalWord", "tellMe"])
        } catch {
            throw .json(error)
        }
        contents = try Self.contents(of: object)
        do throws(JSONError) {
            tellsProgress = object.has("tellMe") ? try object.bool("tellMe") : false
            withdrawalWord =
                object.has("withdrawalWord") ? try object.string("withdrawalWord") : nil
        } catch {
            throw .json(error)
        }
        shares = try Self.shares(of: object)
        never = try Self.never(of: object)
        try checkRules()
    }

    /// The same with another withdrawal word.
    ///
    /// - Throws: ``BuildError/outOfMemory``.
    package func locked(with word: borrowing CodeWord) throws(BuildError) -> TipDraft {
        var draft = self
        draft.lock = try word.lock()
        return draft
    }

    private func checkRules() throws(DraftProblem) {
        if let word = withdrawalWord, word.allSatisfy({ $0 == " " }) { throw .emptyWord }
        var seen: Set<OfficeID> = []
        for office in never where !seen.insert(office).inserted { throw .officeTwice(office) }
        for share in shares where !seen.insert(share.office).inserted {
            throw never.contains(share.office)
                ? .sharedAndNever(share.office) : .officeTwice(share.office)
        }
        guard shares.count <= Limits.consents, never.count <= Limits.neverOffices else {
            throw .tooManyOffices
        }
    }
}

extension TipDraft {
    private static func contents(of object: JSONObject) throws(DraftProblem) -> [TipContent] {
        var contents: [TipContent] = []
        for partClass in PartClass.textParts {
            do {
                var section = JSONObject()
                if object.has(partClass.name) { section = try object.object(partClass.name) }
                if partClass == .report, object.has("language"), !section.has("language") {
                    section.add("language", .string(try object.string("language")))
                }
                contents.append(try TipContent(section, as: partClass))
            } catch let error as ContentError {
                throw .section(partClass, error)
            } catch let error as JSONError {
                throw .json(error)
            } catch {
                throw .section(partClass, .notJSON)
            }
        }
        return contents
    }

    private static func shares(of object: JSONObject) throws(DraftProblem) -> [Share] {
        guard object.has("share") else { return [] }
        var shares: [Share] = []
        do throws(JSONError) {
            for entry in try object.objects("share") {
                try entry.allowOnly(["office", "parts"])
                let classes = try entry.strings("parts").map(PartClass.init(name:))
                let office = try entry.string("office")
                shares.append(try share(office, classes))
            }
        } catch {
            throw .json(error)
        }
        return shares
    }

    private static func share(_ office: String, _ classes: [PartClass?]) throws(JSONError) -> Share
    {
        guard let office = OfficeID(office) else { throw .badValue("office") }
        let known = Set(classes.compactMap { $0 })
        guard known.count == classes.count, !known.isEmpty,
            known.allSatisfy({ PartClass.releasable.contains($0) })
        else { throw .badValue("parts") }
        return Share(office: office, classes: known)
    }

    private static func never(of object: JSONObject) throws(DraftProblem) -> [OfficeID] {
        guard object.has("never") else { return [] }
        do throws(JSONError) {
            var offices: [OfficeID] = []
            for text in try object.strings("never") {
                guard let office = OfficeID(text) else { throw .badValue("never") }
                offices.append(office)
            }
            return offices
        } catch {
            throw .json(error)
        }
    }
}

/// Why a file is not a tip.
package enum DraftProblem: Error, Equatable {
    /// Not the JSON that a tip has.
    case json(JSONError)
    /// One section is not as its class has it.
    case section(PartClass, ContentError)
    /// An office is named twice in one list.
    case officeTwice(OfficeID)
    /// An office is both shared with and never to be shared with.
    case sharedAndNever(OfficeID)
    /// More offices than a manifest takes.
    case tooManyOffices
    /// The withdrawal word is there but empty.
    case emptyWord
}
