/// The eleven indicators of forced labour (ILO, 2012). One alone may suffice.
package enum ForcedLabourIndicator: String, CaseIterable, Sendable {
    /// Abuse of vulnerability.
    case vulnerability
    /// Deception.
    case deception
    /// Restriction of movement.
    case movement
    /// Isolation.
    case isolation
    /// Physical and sexual violence.
    case violence
    /// Intimidation and threats.
    case threats
    /// Retention of identity documents.
    case documents
    /// Withholding of wages.
    case wages
    /// Debt bondage.
    case debt
    /// Abusive working and living conditions.
    case conditions
    /// Excessive overtime.
    case overtime
}

/// What was done to a person: the first of the three elements of trafficking in persons (Palermo
/// Protocol, Article 3 (a)).
package enum PalermoAct: String, CaseIterable, Sendable {
    case recruitment, transportation, transfer, harbouring, receipt

    /// In plain words.
    package var words: String {
        switch self {
        case .recruitment: "was recruited"
        case .transportation: "was taken from one place to another"
        case .transfer: "was handed or sold on"
        case .harbouring: "was kept or hidden"
        case .receipt: "was taken over from somebody else"
        }
    }
}

/// How it was done: the second element (Article 3 (a)). Where one of these was used, consent means
/// nothing; for a person under 18 none is needed (Article 3 (b) to (d)).
package enum PalermoMeans: String, CaseIterable, Sendable {
    case force, coercion, abduction, fraud, deception, power, vulnerability, payment

    /// In plain words.
    package var words: String {
        switch self {
        case .force: "by force, or the threat of it"
        case .coercion: "by other pressure"
        case .abduction: "by abduction"
        case .fraud: "by fraud"
        case .deception: "by deception"
        case .power: "by abuse of power"
        case .vulnerability: "by abuse of a person’s weak position"
        case .payment: "by paying whoever had power over the person"
        }
    }
}

/// What for: the third element (Article 3 (a)). The article's list is not closed: forced crime, the
/// commonest here, is exploitation as well and is written down as forced labour.
package enum PalermoPurpose: String, CaseIterable, Sendable {
    case prostitution, sexual, labour, slavery, servitude, organs

    /// In plain words.
    package var words: String {
        switch self {
        case .prostitution: "to profit from the person’s prostitution"
        case .sexual: "for other sexual exploitation"
        case .labour: "for forced labour or services, forced crime among them"
        case .slavery: "for slavery or what is like it"
        case .servitude: "for servitude"
        case .organs: "to take organs"
        }
    }
}
