/// Danger ticked by the reporter. It orders the queue, and never forwards anything.
package enum Danger: String, CaseIterable, Sendable {
    /// A life is in danger now.
    case life
    /// The person is a minor.
    case child
    /// Somebody is escaping at this moment.
    case escape
    /// About to be moved or sold on.
    case transfer
    /// A ransom or another threat with a deadline.
    case ransom
    /// Gravely ill or injured.
    case medical
}

/// Content of `urgency`: what the desk opens first.
package struct UrgencyPart: PartContent {
    package static var partClass: PartClass { .urgency }
    /// What was ticked, in the order of ``Danger``.
    package var danger: [Danger] = []
    /// Why it is urgent, in the reporter's words.
    package var reason = ""
    /// The day by which something must happen, `YYYY-MM-DD`, or "".
    package var deadline = ""

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["danger", "reason", "deadline"])
        for word in try object.stringsOrEmpty("danger") {
            guard let box = Danger(rawValue: word), !danger.contains(box) else {
                throw .badValue("danger")
            }
            danger.append(box)
        }
        reason = try object.stringOrEmpty("reason")
        deadline = try object.stringOrEmpty("deadline")
        guard deadline.isEmpty || DayText.isValid(deadline) else { throw .badValue("deadline") }
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("danger", danger.map { $0.rawValue })
        object.addUnlessEmpty("reason", reason)
        object.addUnlessEmpty("deadline", deadline)
        return object
    }
}

/// Content of `report`: the narrative and answers, verbatim, in the original language and script.
package struct ReportPart: PartContent {
    /// The answer to one question of the form.
    package struct Answer: Equatable, Sendable {
        /// Which question was asked.
        package let ask: FormQuestion
        /// The answer.
        package let text: String

        /// An answer.
        package init(_ ask: FormQuestion, _ text: String) {
            self.ask = ask
            self.text = text
        }

        fileprivate init(_ object: JSONObject) throws(JSONError) {
            try object.allowOnly(["ask", "text"])
            guard let ask = FormQuestion(rawValue: try object.string("ask")) else {
                throw .badValue("ask")
            }
            self.init(ask, try object.string("text"))
        }

        fileprivate var object: JSONObject {
            var object = JSONObject()
            object.add("ask", .string(ask.rawValue))
            object.add("text", .string(text))
            return object
        }
    }

    package static var partClass: PartClass { .report }
    /// The narrative.
    package var narrative = ""
    /// Its BCP 47 language tag, or "".
    package var language = ""
    /// Answers to questions of the form, each question once.
    package var answers: [Answer] = []
    /// A file that was sealed without the page, in place of narrative and answers.
    package var drop: Drop?

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["narrative", "language", "answers", "sealed", "mandate"])
        narrative = try object.stringOrEmpty("narrative")
        language = try object.stringOrEmpty("language")
        guard LanguageTag.isValidOrEmpty(language) else { throw .badValue("language") }
        if object.has("sealed") || object.has("mandate") {
            guard narrative.isEmpty, !object.has("answers") else { throw .badValue("sealed") }
            drop = try Drop(object)
        }
        guard object.has("answers") else { return }
        for entry in try object.objects("answers") {
            let answer = try Answer(entry)
            guard !answers.contains(where: { $0.ask == answer.ask }) else {
                throw .badValue("ask")
            }
            answers.append(answer)
        }
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("narrative", narrative)
        object.addUnlessEmpty("language", language)
        drop?.add(to: &object)
        if !answers.isEmpty { object.add("answers", .array(answers.map { .object($0.object) })) }
        return object
    }
}

/// A question of the reporter's form whose answer belongs to the report itself.
///
/// The first seven are those of the sheet that families in China keep together (January 2025), as
/// far as they are not of the part `person`.
package enum FormQuestion: String, CaseIterable, Sendable {
    /// Where and when it was reported to the police, and what they said.
    case police
    /// How the person was lured.
    case lured
    /// The way they went.
    case way
    /// Where they are now, and how they are.
    case now
    /// What has happened since.
    case since
    /// What the reporter asks for.
    case want
    /// Who has been told already.
    case told
    /// Who else is still inside.
    case inside
    /// What was done to the reporter.
    case done
    /// What proves that the reporter was held.
    case proof
    /// Whether the person for whom this is sent knows and agrees.
    case behalf
}

/// Content of `reporter`: who is telling, and how it is safe to reply.
package struct ReporterPart: PartContent {
    package static var partClass: PartClass { .reporter }
    /// Who is telling, and how they know.
    package var who = ""
    /// How to reach them.
    package var contact = ""
    /// Whether a reply over that contact is safe; false when nothing was said.
    package var safeToReply = false
    /// How and when a reply is safe.
    package var how = ""

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["who", "contact", "safeToReply", "how"])
        who = try object.stringOrEmpty("who")
        contact = try object.stringOrEmpty("contact")
        safeToReply = object.has("safeToReply") ? try object.bool("safeToReply") : false
        how = try object.stringOrEmpty("how")
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("who", who)
        object.addUnlessEmpty("contact", contact)
        if safeToReply { object.add("safeToReply", .bool(true)) }
        object.addUnlessEmpty("how", how)
        return object
    }
}

/// Content of `compelled`: what the victim was made to do.
package struct CompelledPart: PartContent {
    package static var partClass: PartClass { .compelled }
    /// The account, in the reporter's words.
    package var account = ""

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["account"])
        account = try object.stringOrEmpty("account")
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("account", account)
        return object
    }
}

/// Content of `answer`: the reply to one question of the desk.
package struct AnswerPart: PartContent {
    package static var partClass: PartClass { .answer }
    /// The question's identifier.
    package var question = ""
    /// The answer.
    package var text = ""

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["question", "text"])
        question = try object.stringOrEmpty("question")
        guard question.utf8.count <= Limits.questionIDBytes else { throw .badValue("question") }
        text = try object.stringOrEmpty("text")
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("question", question)
        object.addUnlessEmpty("text", text)
        return object
    }
}

/// Content of `withdrawal`: freezes the tip; only the right code word can lead to its destruction.
package struct WithdrawalPart: PartContent {
    package static var partClass: PartClass { .withdrawal }
    /// The code word set when the tip was sent, or "".
    package var codeWord = ""
    /// Why, in the reporter's words.
    package var reason = ""

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["codeWord", "reason"])
        codeWord = try object.stringOrEmpty("codeWord")
        reason = try object.stringOrEmpty("reason")
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("codeWord", codeWord)
        object.addUnlessEmpty("reason", reason)
        return object
    }
}
