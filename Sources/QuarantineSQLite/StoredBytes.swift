/// The whitelist of invariant I7: every table and column that dispatch's database may have, and
/// what kind of bytes it holds. Anything that is not here must not exist; a test compares it with
/// the schema, and the demonstration's walker with a real database.
package enum StoredBytes {
    /// What a column holds.
    package enum Kind: String, CaseIterable, Sendable {
        /// Sealed bytes, or age headers.
        case ciphertext
        /// A SHA-256 of sealed or signed bytes, or a name derived from a public key by SHA-256.
        case digest
        /// Hours since 1970.
        case hour
        /// A count, a size of sealed bytes, or a number in a series.
        case counter
        /// A random name.
        case random
        /// One of a fixed list of words, or the public name of an office.
        case word
        /// True or false.
        case flag
        /// A statement that somebody signed for others to read, with what is sealed in it.
        case signed
        /// Salt and event of a release: what its bundle carries in the open.
        case releaseEvent = "release-event"
    }

    /// By table, by column.
    package static let whitelist: [String: [String: Kind]] = [
        "tip": ["id": .digest, "state": .word],
        "envelope": [
            "digest": .digest, "tip": .digest, "kind": .word, "head": .signed, "bytes": .counter,
            "confirmed": .flag,
        ],
        "part": [
            "envelope": .digest, "position": .counter, "header": .ciphertext, "payload": .digest,
        ],
        "payload": [
            "digest": .digest, "blob": .random, "bytes": .counter, "staged_hour": .hour,
        ],
        "journal": ["leaf": .digest, "sealed": .ciphertext],
        "bundle": [
            "digest": .digest, "tip": .digest, "office": .word, "key": .digest, "plan": .digest,
            "rank": .counter, "plan_count": .counter, "not_before": .hour, "due": .hour,
            "expires": .hour, "package": .signed, "event": .releaseEvent, "proof": .signed,
            "state": .word, "detail": .word, "needs_payloads": .flag, "was_served": .flag,
            "number": .counter,
        ],
        "bundle_payload": ["bundle": .digest, "payload": .digest],
        "plan": ["id": .digest, "tip": .digest, "is_held": .flag, "deferrals": .counter],
        "answer": [
            "digest": .digest, "bundle": .digest, "office": .word, "acknowledgement": .signed,
            "confirmed": .flag,
        ],
        "nonce": ["digest": .digest, "hour": .hour],
        "counter": ["name": .word, "value": .counter],
        "mailbox": ["address": .digest, "slot": .ciphertext],
        "used_slot": ["digest": .digest],
        "directory": ["version": .counter, "note": .signed],
        "ledger_head": ["id": .counter, "size": .counter, "root": .digest],
        "ledger_waiting": ["leaf": .digest],
        "ledger_entry": ["position": .counter, "leaf": .digest],
        "ledger_node": ["level": .counter, "position": .counter, "hash": .digest],
    ]

    /// The whitelist as lines `table column kind`, sorted: what `sallyport-dispatch stored-bytes`
    /// prints.
    package static var lines: [String] {
        whitelist.flatMap { table, columns in
            columns.map { "\(table) \($0.key) \($0.value.rawValue)" }
        }.sorted()
    }
}
