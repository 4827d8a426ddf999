/// Telephone numbers in a text.
///
/// With `+` or `00` a number has its country. Without, nobody guesses one: a number of 12 digits or
/// more may begin with it, a shorter one is national. Both readings are given, so that a number
/// written with its country meets the same number written without.
enum PhoneNumbers {
    /// Fewest and most digits of a number (E.164 has at most 15).
    static let digits = 7...15
    /// Fewest digits of a national number that names somebody: shorter ones are alike everywhere.
    private static let nationalDigits = 8
    /// From how many digits on a number without `+` may begin with its country.
    private static let withCountryDigits = 12

    /// A run of digits as it was typed: whether `+` or `00` stood before it, and the rest.
    struct Run: Equatable {
        let digits: [UInt32]
        let isInternational: Bool
    }

    /// Digits in groups, parted by one space or mark each, with no letter beside them.
    static func runs(in typed: Typed) -> [Run] {
        var runs: [Run] = []
        let scalars = typed.scalars
        var place = 0
        while place < scalars.count {
            guard Typed.isDigit(scalars[place]) || scalars[place] == plus else {
                place += 1
                continue
            }
            let (end, digits) = group(scalars, from: place)
            let isOpen = place == 0 || !isGlued(scalars[place - 1])
            let isClosed = end == scalars.count || !isGlued(scalars[end])
            if isOpen, isClosed { add(digits, plus: scalars[place] == plus, to: &runs) }
            place = max(end, place + 1)
        }
        return runs
    }

    private static let plus: UInt32 = 0x2B

    private static func group(
        _ scalars: [UInt32], from start: Int
    ) -> (end: Int, digits: [UInt32]) {
        var digits: [UInt32] = []
        var end = start
        var place = scalars[start] == plus ? start + 1 : start
        var gap = 0
        while place < scalars.count {
            if Typed.isDigit(scalars[place]) {
                digits.append(scalars[place])
                end = place + 1
                gap = 0
            } else if isGap(scalars[place]), gap < 2 {
                gap += 1
            } else {
                break
            }
            place += 1
        }
        return (max(end, start + 1), digits)
    }

    /// What people put between groups: a space, a dash, a point, a bracket.
    private static func isGap(_ value: UInt32) -> Bool {
        switch value {
        case 0x20, 0x2D, 0x2E, 0x28, 0x29, 0x2010, 0x2011, 0x2013: true
        default: false
        }
    }

    private static func isGlued(_ value: UInt32) -> Bool {
        Typed.isLetter(value) || value == 0x40 || value == 0x5F || value == 0x2F || value == 0x3D
    }

    private static func add(_ digits: [UInt32], plus: Bool, to runs: inout [Run]) {
        let isZeroZero = !plus && digits.count > 2 && digits[0] == 0x30 && digits[1] == 0x30
        let rest = isZeroZero ? Array(digits.dropFirst(2)) : digits
        guard self.digits.contains(rest.count) || (!plus && rest.count <= 20) else { return }
        guard rest.count >= self.digits.lowerBound else { return }
        // No country's code begins with zero.
        if plus || isZeroZero, rest[0] == 0x30 { return }
        runs.append(Run(digits: rest, isInternational: plus || isZeroZero))
    }

    /// The readings of a run as a telephone number; none when it cannot be one.
    static func readings(_ run: Run) -> [(kind: Identifier.Kind, value: String)] {
        guard digits.contains(run.digits.count) else { return [] }
        var readings: [(Identifier.Kind, String)] = []
        let beginsWithZero = run.digits[0] == 0x30
        if run.isInternational || (run.digits.count >= withCountryDigits && !beginsWithZero) {
            let country = countryDigits(run.digits)
            // Some write the zero of the national number after the country: +66 (0) 81 …
            let national = Array(run.digits.dropFirst(country).drop { $0 == 0x30 })
            let whole = Array(run.digits.prefix(country)) + national
            readings.append((.phone, "+" + Typed.string(whole)))
            if national.count >= nationalDigits {
                readings.append((.nationalPhone, Typed.string(national)))
            }
        }
        if !run.isInternational {
            let national = Array(run.digits.drop { $0 == 0x30 })
            if national.count >= nationalDigits {
                readings.append((.nationalPhone, Typed.string(national)))
            }
        }
        return readings
    }

    /// How many digits the country's code has (ITU-T E.164, list of assigned country codes): 1 and 7
    /// have one, the codes in the list two, all others three.
    private static func countryDigits(_ digits: [UInt32]) -> Int {
        let (first, second) = (digits[0] - 0x30, digits[1] - 0x30)
        if first == 1 || first == 7 { return 1 }
        return twoDigits.contains(first * 10 + second) ? 2 : 3
    }

    private static let twoDigits: Set<UInt32> = Set(
        [20, 27] + Array(30...34) + [36, 39, 40, 41] + Array(43...49) + Array(51...58)
            + Array(60...66) + [81, 82, 84, 86] + Array(90...95) + [98])
}
