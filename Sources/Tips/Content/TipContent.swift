/// The content of any part that is JSON, by its class.
package enum TipContent: Equatable, Sendable {
    /// Danger, reason, deadline.
    case urgency(UrgencyPart)
    /// The narrative.
    case report(ReportPart)
    /// Who is telling.
    case reporter(ReporterPart)
    /// Who is held.
    case person(PersonPart)
    /// Where.
    case place(PlacePart)
    /// Recruiters and captors.
    case perpetrators(PerpetratorsPart)
    /// What the victim was made to do.
    case compelled(CompelledPart)
    /// The answer to a question.
    case answer(AnswerPart)
    /// The wish to withdraw.
    case withdrawal(WithdrawalPart)

    /// The content that `object` has in a part of `partClass`: a section of a tip's file.
    ///
    /// - Throws: ``ContentError``; ``ContentError/notJSON`` for the manifest and for evidence.
    package init(_ object: JSONObject, as partClass: PartClass) throws(ContentError) {
        guard partClass != .manifest, partClass != .evidence else { throw .notJSON }
        do throws(JSONError) {
            switch partClass {
            case .urgency: self = .urgency(try UrgencyPart(object))
            case .report: self = .report(try ReportPart(object))
            case .reporter: self = .reporter(try ReporterPart(object))
            case .person: self = .person(try PersonPart(object))
            case .place: self = .place(try PlacePart(object))
            case .perpetrators: self = .perpetrators(try PerpetratorsPart(object))
            case .compelled: self = .compelled(try CompelledPart(object))
            case .answer: self = .answer(try AnswerPart(object))
            case .withdrawal: self = .withdrawal(try WithdrawalPart(object))
            case .manifest, .evidence: throw JSONError.wrongType("")
            }
        } catch {
            throw .json(error)
        }
    }

    /// Reads the plaintext of a part of `partClass`.
    ///
    /// - Throws: ``ContentError``; ``ContentError/notJSON`` for the manifest and for evidence.
    package static func decode(
        _ plaintext: Span<UInt8>, as partClass: PartClass
    ) throws(ContentError) -> TipContent {
        switch partClass {
        case .urgency: .urgency(try .decode(plaintext))
        case .report: .report(try .decode(plaintext))
        case .reporter: .reporter(try .decode(plaintext))
        case .person: .person(try .decode(plaintext))
        case .place: .place(try .decode(plaintext))
        case .perpetrators: .perpetrators(try .decode(plaintext))
        case .compelled: .compelled(try .decode(plaintext))
        case .answer: .answer(try .decode(plaintext))
        case .withdrawal: .withdrawal(try .decode(plaintext))
        case .manifest, .evidence: throw .notJSON
        }
    }

    /// The plaintext of a part with this content, padded.
    ///
    /// - Throws: ``ContentError``.
    package func encoded() throws(ContentError) -> [UInt8] {
        switch self {
        case .urgency(let part): try part.encoded()
        case .report(let part): try part.encoded()
        case .reporter(let part): try part.encoded()
        case .person(let part): try part.encoded()
        case .place(let part): try part.encoded()
        case .perpetrators(let part): try part.encoded()
        case .compelled(let part): try part.encoded()
        case .answer(let part): try part.encoded()
        case .withdrawal(let part): try part.encoded()
        }
    }

    /// The class of parts with this content.
    package var partClass: PartClass {
        switch self {
        case .urgency: .urgency
        case .report: .report
        case .reporter: .reporter
        case .person: .person
        case .place: .place
        case .perpetrators: .perpetrators
        case .compelled: .compelled
        case .answer: .answer
        case .withdrawal: .withdrawal
        }
    }
}
