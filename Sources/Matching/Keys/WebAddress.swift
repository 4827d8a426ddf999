/// The address of a website, as far as links need it: the host, and the first piece of the path.
struct WebAddress: Equatable {
    /// In lower case, without `www.` and port.
    let host: String
    /// The first piece of the path that is a name; nil when there is none.
    let name: String?

    /// Reads `https://host/…`, `www.host…`, or a bare `host.tld` whose ending is one of ``endings``.
    init?(_ text: String) {
        guard text.utf8.count <= 2048 else { return nil }
        var rest = text[...]
        var isMarked = false
        if let scheme = ["https://", "http://", "hxxps://", "hxxp://"].first(where: {
            rest.lowercased().hasPrefix($0)
        }) {
            rest = rest.dropFirst(scheme.count)
            isMarked = true
        }
        if rest.lowercased().hasPrefix("www.") {
            rest = rest.dropFirst(4)
            isMarked = true
        }
        let pieces = rest.split(separator: "/", omittingEmptySubsequences: true)
        guard let authority = pieces.first, let host = Self.host(authority.prefix { $0 != ":" })
        else { return nil }
        let ending = host.split(separator: ".").last.map(String.init) ?? ""
        guard isMarked || Self.endings.contains(ending) else { return nil }
        self.host = host
        let path = pieces.dropFirst().map { $0.prefix { $0 != "?" && $0 != "#" } }
        name = path.first { !["ti", "p", "s", "u", "user", "profile"].contains($0) && !$0.isEmpty }
            .map(String.init)
    }

    /// A host name in lower case; nil unless it has two labels or more and an ending of letters.
    static func host(_ text: Substring) -> String? {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, text.utf8.count <= 253,
            labels.allSatisfy({ label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy {
                        Typed.isLetter(UInt32($0)) || Typed.isDigit(UInt32($0)) || $0 == 0x2D
                    }
            }), let ending = labels.last, ending.utf8.count >= 2,
            ending.utf8.allSatisfy({ Typed.isLetter(UInt32($0)) })
        else { return nil }
        return text.lowercased()
    }

    /// Endings of which a bare name is taken for a website: without them, every missing space after a
    /// full stop would be one.
    private static let endings: Set<String> = [
        "com", "net", "org", "cn", "hk", "tw", "th", "mm", "kh", "la", "vn", "id", "ph", "my",
        "sg", "in", "cc", "vip", "top", "xyz", "info", "app", "io", "me", "shop", "site", "online",
        "club", "live", "pro", "biz", "tv", "asia", "link", "ltd", "win", "bet", "icu", "work",
    ]
}
