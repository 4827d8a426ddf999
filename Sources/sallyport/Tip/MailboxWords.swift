internal import Tips

/// A mailbox in words for its owner.
enum MailboxWords {
    /// What is said of a slot that does not open.
    static let empty = """
        There is no message.
        This is what you see when the desk has not written yet, and it is also what anyone sees who \
        types a number that was never a receipt: the two cannot be told apart. After you have sent \
        a tip, the first message can take a while. If you expected one, compare the picture above \
        with the one you were shown.
        """

    /// The desk's message.
    static func text(of message: DeskMessage) -> String {
        var lines = [
            "Message number \(message.counter), written on \(message.date).",
            "If you have seen a higher number before, do not believe this one.",
            "", state(message.state),
        ]
        if message.passed > 0 {
            lines.append("Passed on to: \(organisations(message.passed)).")
        }
        if message.confirmed > 0 {
            let have = message.confirmed == 1 ? "has" : "have"
            lines.append("\(organisations(message.confirmed)) \(have) confirmed that they have it.")
        }
        for question in message.questions {
            lines += ["", "Question \(question.id):", question.text]
        }
        if !message.questions.isEmpty {
            lines += [
                "", "You need not answer. To answer: sallyport answer --question ID",
            ]
        }
        return lines.joined(separator: "\n")
    }

    private static func organisations(_ count: Int) -> String {
        count == 1 ? "1 organisation" : "\(count) organisations"
    }

    private static func state(_ state: MailboxState) -> String {
        switch state {
        case .received: "Your tip has arrived."
        case .checking: "A person is checking your tip."
        case .question: "There is a question for you."
        case .passedOn: "Your tip has been passed on."
        case .confirmed: "Your tip has been passed on, and its arrival has been confirmed."
        case .withdrawn: "Your tip has been stopped: nothing more of it is passed on."
        case .closed: "Your tip has been closed."
        }
    }
}
