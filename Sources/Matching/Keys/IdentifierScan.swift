/// Finds identifiers in one text of a tip.
struct IdentifierScan {
    /// What the text's field is for: a typed field says what a number in it is.
    enum Field {
        /// A narrative or an answer: strict patterns only.
        case free
        /// Numbers of papers.
        case papers
        /// Accounts, wallets, telephone numbers, handles.
        case accounts
        /// How to reach somebody.
        case contact
    }

    let owner: Identifier.Owner
    let field: Field
    private(set) var found: [Identifier] = []

    /// Reads `text`.
    init(_ text: String, _ field: Field, owner: Identifier.Owner) {
        self.owner = owner
        self.field = field
        let typed = Typed(text)
        let tokens = Token.all(in: typed)
        for place in tokens.indices where tokens[place].isASCII { read(tokens, at: place) }
        for run in PhoneNumbers.runs(in: typed) { read(run) }
    }

    private mutating func add(_ kind: Identifier.Kind, _ value: String) {
        let identifier = Identifier(kind: kind, value: value, owner: owner)
        guard found.count < Identifier.limit, !found.contains(identifier) else { return }
        found.append(identifier)
    }
}

/// Single words.
extension IdentifierScan {
    private mutating func read(_ tokens: [Token], at place: Int) {
        let text = tokens[place].text
        // Most tokens are words: no identifier in free text is of letters alone.
        guard field != .free || text.utf8.contains(where: { !Typed.isLetter(UInt32($0)) }) else {
            return
        }
        if let wallet = Wallets.address(text) { return add(.wallet, wallet) }
        if text.utf8.contains(0x40), let email = Self.email(text) { return add(.email, email) }
        if text.utf8.contains(0x2E), readAddress(text) { return }
        let label = Self.label(before: place, in: tokens)
        if text.hasPrefix("@"), let name = Self.handle(text.dropFirst()) {
            if let platform = label.flatMap(Platforms.named) { add(.handle, "\(platform):\(name)") }
            return add(.handle, "@:\(name)")
        }
        if let label, let platform = Platforms.named(label) { readHandle(text, on: platform) }
        readPaper(text, label: label)
        if let label, Platforms.meansAccount(label) { readAccount(text) }
    }

    private mutating func readHandle(_ text: String, on platform: String) {
        // Messengers that go by telephone number: the number is found as one.
        guard !["whatsapp", "viber", "imo", "signal"].contains(platform),
            Platforms.named(text) == nil, !Platforms.fillers.contains(text.lowercased()),
            let name = Self.handle(text[...])
        else { return }
        // A word of a sentence is no name: “on Telegram and”.
        let isName = field != .free || text.contains { !$0.isLetter }
        if isName { add(.handle, "\(platform):\(name)") }
    }

    /// The word that says what the next is: the one before, past “id”, “:” and their like.
    private static func label(before place: Int, in tokens: [Token]) -> String? {
        var place = place
        for _ in 0..<3 {
            guard place > 0, tokens[place].followsOnLine else { return nil }
            place -= 1
            var word = tokens[place].text
            while let last = word.last, ":#.=".contains(last) { word.removeLast() }
            if !Platforms.fillers.contains(word.lowercased()) || Platforms.meansAccount(word) {
                return word
            }
        }
        return nil
    }

    /// A name on a network, in lower case: letters, digits, and `_ . -`, with one letter at least or
    /// five digits.
    private static func handle(_ text: Substring) -> String? {
        guard (3...64).contains(text.utf8.count),
            text.utf8.allSatisfy({
                Typed.isLetter(UInt32($0)) || Typed.isDigit(UInt32($0)) || "_.-".utf8.contains($0)
            }),
            text.utf8.contains(where: { Typed.isLetter(UInt32($0)) }) || text.utf8.count >= 5
        else { return nil }
        return text.lowercased()
    }

    private static func email(_ text: String) -> String? {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, (1...64).contains(sides[0].utf8.count),
            sides[0].utf8.allSatisfy({
                Typed.isLetter(UInt32($0)) || Typed.isDigit(UInt32($0)) || "._%+-".utf8.contains($0)
            }), let host = WebAddress.host(sides[1])
        else { return nil }
        return sides[0].lowercased() + "@" + host
    }

    private mutating func readAddress(_ text: String) -> Bool {
        guard let address = WebAddress(text) else { return false }
        guard let platform = Platforms.hosted(address.host) else {
            add(.domain, address.host)
            return true
        }
        guard !platform.isEmpty, var name = address.name else { return true }
        if name.hasPrefix("@") { name.removeFirst() }
        let digits = name.utf8.allSatisfy { Typed.isDigit(UInt32($0)) }
        if digits, platform == "whatsapp" || platform == "zalo" {
            let run = PhoneNumbers.Run(
                digits: name.unicodeScalars.map(\.value),
                isInternational: platform == "whatsapp")
            for reading in PhoneNumbers.readings(run) { add(reading.kind, reading.value) }
        } else if let handle = Self.handle(name[...]) {
            add(.handle, "\(platform):\(handle)")
        }
        return true
    }
}

/// Papers and accounts.
extension IdentifierScan {
    private mutating func readPaper(_ text: String, label: String?) {
        let value = text.uppercased().filter { $0 != "-" }
        guard (6...20).contains(value.utf8.count),
            value.utf8.allSatisfy({ Typed.isLetter(UInt32($0)) || Typed.isDigit(UInt32($0)) })
        else { return }
        let digits = value.utf8.count { Typed.isDigit(UInt32($0)) }
        let isLabelled = label.map(Platforms.meansPaper) ?? false
        let isPassport =
            (1...2).contains(value.utf8.count - digits) && (6...9).contains(digits)
            && value.utf8.prefix { Typed.isLetter(UInt32($0)) }.count >= 1
        if field == .papers || isLabelled ? digits >= 5 : isPassport && isUpper(text) {
            add(.paper, value)
        } else if ChineseIdentityCard.isValid(value) {
            add(.paper, value)
        }
    }

    private func isUpper(_ text: String) -> Bool { !text.contains { $0.isLowercase } }

    private mutating func readAccount(_ text: String) {
        let digits = text.filter { $0 != "-" }
        guard (6...30).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ Typed.isDigit(UInt32($0)) })
        else { return }
        add(.account, digits)
    }

    /// A run of digits: a telephone number, and in a field for accounts an account as well.
    private mutating func read(_ run: PhoneNumbers.Run) {
        let text = Typed.string(run.digits)
        if ChineseIdentityCard.isValid(text) { return add(.paper, text) }
        if field == .papers {
            if run.digits.count >= 6 { add(.paper, text) }
            return
        }
        if !run.isInternational, (16...19).contains(run.digits.count), Self.isLuhn(run.digits) {
            return add(.account, text)
        }
        if found.contains(where: { $0.kind == .account && $0.value == text }), field == .free {
            return
        }
        if field == .accounts, !run.isInternational, (8...20).contains(run.digits.count) {
            add(.account, text)
        }
        // Eight digits in a narrative are as often a date or a sum.
        guard field != .free || run.isInternational || run.digits.count >= 9 else { return }
        for reading in PhoneNumbers.readings(run) { add(reading.kind, reading.value) }
    }

    /// The check digit of bank cards (ISO/IEC 7812-1, annex B).
    private static func isLuhn(_ digits: [UInt32]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(UInt32(0)) { sum, item in
            let digit = item.element - 0x30
            guard item.offset % 2 == 1 else { return sum + digit }
            return sum + (digit > 4 ? digit * 2 - 9 : digit * 2)
        }
        return sum % 10 == 0 && digits[0] != 0x30
    }
}

/// The number of a Chinese identity card (GB 11643): 17 digits and a check character.
enum ChineseIdentityCard {
    /// Whether `text` has the length, a day of birth that can be, and the right check character.
    static func isValid(_ text: String) -> Bool {
        let bytes = [UInt8](text.utf8)
        guard bytes.count == 18, bytes[..<17].allSatisfy({ Typed.isDigit(UInt32($0)) }) else {
            return false
        }
        let number = bytes[..<17].map { Int($0 - 0x30) }
        let (month, day) = (number[10] * 10 + number[11], number[12] * 10 + number[13])
        guard (1...12).contains(month), (1...31).contains(day),
            number[6] == 1 && number[7] == 9 || number[6] == 2 && number[7] == 0
        else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(number, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return [UInt8]("10X98765432".utf8)[sum % 11] == bytes[17]
    }
}
