/// The tables of dispatch's database.
///
/// All are `STRICT` and `WITHOUT ROWID`, and keyed by digests or other values that look random, so
/// that no table keeps an order of arrival (I7). What each column may hold is in ``StoredBytes``.
enum Schema {
    /// Raised with every change; a database of another version is not opened.
    static let version = 1

    static let statements = [
        "CREATE TABLE tip (id BLOB PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE envelope (digest BLOB PRIMARY KEY, tip BLOB NOT NULL REFERENCES tip (id),
          kind TEXT NOT NULL, head BLOB NOT NULL, bytes INTEGER NOT NULL,
          confirmed INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX envelope_tip ON envelope (tip)",
        """
        CREATE TABLE part (envelope BLOB NOT NULL REFERENCES envelope (digest),
          position INTEGER NOT NULL, header BLOB NOT NULL,
          payload BLOB NOT NULL REFERENCES payload (digest), PRIMARY KEY (envelope, position))
          STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX part_payload ON part (payload)",
        """
        CREATE TABLE payload (digest BLOB PRIMARY KEY, blob TEXT NOT NULL UNIQUE,
          bytes INTEGER NOT NULL, staged_hour INTEGER) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE journal (leaf BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE bundle (digest BLOB PRIMARY KEY, tip BLOB NOT NULL REFERENCES tip (id),
          office TEXT NOT NULL, key BLOB NOT NULL, plan BLOB NOT NULL REFERENCES plan (id),
          rank INTEGER NOT NULL, plan_count INTEGER NOT NULL, not_before INTEGER NOT NULL,
          due INTEGER NOT NULL, expires INTEGER NOT NULL, package BLOB NOT NULL,
          event BLOB NOT NULL, proof BLOB, state TEXT NOT NULL, detail TEXT NOT NULL,
          needs_payloads INTEGER NOT NULL, was_served INTEGER NOT NULL, number INTEGER,
          UNIQUE (plan, rank), UNIQUE (office, number)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE bundle_payload (bundle BLOB NOT NULL REFERENCES bundle (digest),
          payload BLOB NOT NULL, PRIMARY KEY (bundle, payload)) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX bundle_payload_payload ON bundle_payload (payload)",
        """
        CREATE TABLE plan (id BLOB PRIMARY KEY, tip BLOB NOT NULL, is_held INTEGER NOT NULL,
          deferrals INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE answer (digest BLOB PRIMARY KEY, bundle BLOB NOT NULL, office TEXT NOT NULL,
          acknowledgement BLOB NOT NULL, confirmed INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE nonce (digest BLOB PRIMARY KEY, hour INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE mailbox (address BLOB PRIMARY KEY, slot BLOB NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE used_slot (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE directory (version INTEGER PRIMARY KEY, note BLOB NOT NULL)
          STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE ledger_head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL,
          root BLOB NOT NULL) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE ledger_waiting (leaf BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE ledger_entry (position INTEGER PRIMARY KEY, leaf BLOB NOT NULL UNIQUE)
          STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE ledger_node (level INTEGER NOT NULL, position INTEGER NOT NULL,
          hash BLOB NOT NULL, PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID
        """,
        "PRAGMA user_version = 1",
    ]
}
