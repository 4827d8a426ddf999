/// How much resumable upload the door takes of everybody together.
///
/// Nothing is counted by tip key. Keys cost nothing, so such a cap would stop no flood; and since it
/// would be reached the earlier the more had been sent, whoever forced a receipt out of somebody
/// could measure by it whether evidence was sent. (A cap that differs from key to key would not
/// help: the memory of a finished upload goes after ``idleHours``, so measuring twice tells.)
package struct UploadLimits: Sendable {
    /// Most bytes of one frame.
    package var maxBytes: Int
    /// Most bytes of one append.
    package var appendBytes: Int
    /// Most uploads open at a time.
    package var openCount: Int
    /// Most bytes that open uploads may come to.
    package var openBytes: Int
    /// Most appends under way at a time: each may hold ``appendBytes`` in memory.
    package var appendCount: Int
    /// Hours without an append after which an upload, or the memory of a finished one, goes.
    package var idleHours: Int
    /// Bytes of disk that evidence always leaves free, for tips.
    package var reserveBytes: Int

    /// Limits for a small server; each can be set.
    package init(
        maxBytes: Int = 9 << 30, appendBytes: Int = 1 << 20, openCount: Int = 1024,
        openBytes: Int = 200 << 30, appendCount: Int = 64, idleHours: Int = 72,
        reserveBytes: Int = 1 << 30
    ) {
        self.maxBytes = maxBytes
        self.appendBytes = appendBytes
        self.openCount = openCount
        self.openBytes = openBytes
        self.appendCount = appendCount
        self.idleHours = idleHours
        self.reserveBytes = reserveBytes
    }
}
