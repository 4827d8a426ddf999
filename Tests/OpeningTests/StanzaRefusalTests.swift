import NativePrimitives
import Opening
import Sealing
import Testing

/// A malformed stanza of a type we know refuses the whole file, whoever it is for
/// (Container §4.6): each stanza here has one thing wrong with it.
@Suite struct StanzaRefusalTests {
    private typealias Key = Identity<NativePrimitives>

    private static let wrapped = [UInt8](repeating: 3, count: 32)

    private static func base64(_ count: Int) -> [UInt8] {
        Base64.encode([UInt8](repeating: 9, count: count).span, padded: false)
    }

    private static let malformed =
        malformed(StanzaLabel.x25519, share: 32) + malformed(StanzaLabel.hybrid, share: 1120)

    private static func malformed(_ label: [UInt8], share count: Int) -> [Stanza] {
        let share = base64(count)
        let arguments: [[[UInt8]]] = [
            [], [share, ascii("more")], [base64(count - 1)], [base64(count + 1)],
            [share + ascii("=")],
        ]
        let bodies: [[UInt8]] = [[], wrapped + [1]]
        return arguments.map { Stanza(arguments: [label] + $0, body: wrapped) }
            + bodies.map { Stanza(arguments: [label, share], body: $0) }
    }

    /// A header of `stanzas`, read from its bytes; its MAC is nobody's.
    private static func header(_ stanzas: [Stanza]) throws -> Header {
        var text = ascii("age-encryption.org/v1\n")
        for stanza in stanzas { text += stanza.encoded }
        text += ascii("--- ") + base64(32) + ascii("\n")
        return try Header.parse(text.span).header
    }

    private func refusal(of header: Header, for identity: Key) -> OpeningError? {
        do throws(OpeningError) {
            _ = try header.unwrap(with: [identity])
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: malformed) func aMalformedStanzaIsRefusedByEveryIdentity(
        _ stanza: Stanza
    ) throws {
        let header = try Self.header([stanza])
        for kind in [Key.Kind.x25519, .mlkem768x25519] {
            let identity = try Key.generate(kind)
            #expect(refusal(of: header, for: identity) == .malformedStanza, "\(kind)")
        }
    }

    @Test func aMalformedStanzaIsRefusedAlsoBehindOneThatOpens() throws {
        let identity = try Key.generate(.x25519)
        let sealed = try SealedContainer.sealing(
            ascii("x").span, to: [identity.recipient], with: NativePrimitives.self)
        let stanza = try Header.parse(sealed.header.span).header.stanzas[0]
        #expect(refusal(of: try Self.header([stanza]), for: identity) == .badHeaderMAC)
        for malformed in Self.malformed {
            let header = try Self.header([stanza, malformed])
            #expect(refusal(of: header, for: identity) == .malformedStanza)
        }
    }

    @Test func aShareOfSmallOrderIsRefused() throws {
        let zero = Base64.encode([UInt8](repeating: 0, count: 32).span, padded: false)
        let header = try Self.header([
            Stanza(arguments: [StanzaLabel.x25519, zero], body: Self.wrapped)
        ])
        let identity = try Key.generate(.x25519)
        #expect(refusal(of: header, for: identity) == .malformedStanza)
    }

    // MARK: - Passphrases

    private static func scrypt(_ arguments: [[UInt8]]) throws -> Header {
        try header([Stanza(arguments: [StanzaLabel.scrypt] + arguments, body: wrapped)])
    }

    private func refusal(of header: Header) -> OpeningError? {
        do throws(OpeningError) {
            _ = try header.unwrap(passphrase: Secret(copying: ascii("x").span))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["0", "01", "001", "010", "+1", "1x", "0x1", "-1", "1.0"])
    func aWorkFactorIsAPlainDecimalNumber(_ text: String) throws {
        let header = try Self.scrypt([Self.base64(16), [UInt8](text.utf8)])
        #expect(refusal(of: header) == .malformedStanza)
    }

    @Test(arguments: ["21", "22", "23", "40", "99"])
    func aWorkFactorAboveTheLimitIsRefusedBeforeMemoryIsTaken(_ text: String) throws {
        let header = try Self.scrypt([Self.base64(16), [UInt8](text.utf8)])
        #expect(refusal(of: header) == .workFactorTooHigh)
    }

    @Test func aSaltHas16Bytes() throws {
        for count in [1, 15, 17] {
            let header = try Self.scrypt([Self.base64(count), ascii("1")])
            #expect(refusal(of: header) == .malformedStanza, "\(count) bytes")
        }
    }

    @Test func aPassphraseStandsAlone() throws {
        let identity = try Key.generate(.x25519)
        let other = Stanza(arguments: [StanzaLabel.x25519, Self.base64(32)], body: Self.wrapped)
        let stanza = Stanza(
            arguments: [StanzaLabel.scrypt, Self.base64(16), ascii("1")], body: Self.wrapped)
        for header in [try Self.header([stanza, other]), try Self.header([other, stanza])] {
            #expect(refusal(of: header) == .scryptNotAlone)
            #expect(refusal(of: header, for: identity) == .scryptNotAlone)
        }
    }

    @Test func whatIsNotSealedUnderAPassphraseDoesNotAskForOne() throws {
        let header = try Self.header([Stanza(arguments: [ascii("grease")], body: [])])
        #expect(refusal(of: header) == .noMatch)
    }
}
