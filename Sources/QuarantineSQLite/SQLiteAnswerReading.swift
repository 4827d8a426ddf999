internal import Custody
internal import Foundation
internal import GRDB
internal import Quarantine

/// What offices answered.
extension SQLiteReading {
    func answer(_ digest: Hash) throws(StoreFailure) -> StoredAnswer? {
        guard let row = try rows("SELECT * FROM answer WHERE digest = ?", [digest.data]).first
        else { return nil }
        return try answer(row)
    }

    func waitingAnswers(limit: Int, bytes: Int) throws(StoreFailure) -> [StoredAnswer] {
        let sql = "SELECT * FROM answer WHERE confirmed = 0 ORDER BY digest LIMIT ?"
        return try mapped("read from the database") {
            // One row after the other: all of them together may be more than fits into memory.
            let cursor = try Row.fetchCursor(db, sql: sql, arguments: [limit])
            var answers: [StoredAnswer] = []
            var total = 0
            while total < bytes, let row = try cursor.next() {
                answers.append(try answer(row))
                total += answers.last?.acknowledgement.count ?? 0
            }
            return answers
        }
    }

    func isWaiting(answer: Hash) throws(StoreFailure) -> Bool {
        let sql = "SELECT COUNT(*) FROM answer WHERE digest = ? AND confirmed = 0"
        return try number(sql, [answer.data]) > 0
    }

    func waitingAnswerCount(about bundle: Hash) throws(StoreFailure) -> Int {
        try number(
            "SELECT COUNT(*) FROM answer WHERE bundle = ? AND confirmed = 0", [bundle.data])
    }

    private func answer(_ row: Row) throws(StoreFailure) -> StoredAnswer {
        StoredAnswer(
            digest: try row.hash("digest"), bundle: try row.hash("bundle"), office: row["office"],
            acknowledgement: row.bytes("acknowledgement"))
    }
}
