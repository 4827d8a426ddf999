/// Something in a tip that names one person or one account, normalised so that the same thing is the
/// same text however it was typed.
package struct Identifier: Hashable, Sendable {
    /// What it is. The word is part of what is hashed.
    package enum Kind: String, CaseIterable, Sendable {
        /// A passport, an identity card.
        case paper
        /// A telephone number with its country: `+8613800138000`.
        case phone
        /// A telephone number without its country, which nobody guesses: the digits, no leading zero.
        case nationalPhone
        /// A bank account or card: the digits.
        case account
        /// A wallet whose checksum is right, or an Ethereum address, in lower case.
        case wallet
        /// An account of a messenger or network, `platform:name`; `@:name` when no platform is said.
        case handle
        /// An e-mail address.
        case email
        /// The host of a website that is not a large platform.
        case domain

        /// In words, for a person who decides about a link.
        package var words: String {
            switch self {
            case .paper: "identity paper"
            case .phone: "telephone number"
            case .nationalPhone: "telephone number without its country"
            case .account: "bank account"
            case .wallet: "wallet"
            case .handle: "account of a messenger or network"
            case .email: "e-mail address"
            case .domain: "website"
            }
        }
    }

    /// Whose it is, by the part of the tip it stood in. Not hashed: that one tip's captor has another
    /// tip's reporter's number is what the desk must see.
    package enum Owner: String, CaseIterable, Sendable {
        /// Who is held.
        case held
        /// Who is telling.
        case reporter
        /// A recruiter, a captor, or whoever takes the money.
        case perpetrator
        /// Somebody in a narrative or an answer.
        case mentioned
    }

    /// What it is.
    package let kind: Kind
    /// The normalised value.
    package let value: String
    /// Whose it is.
    package let owner: Owner
}
