/// How much resumable upload the door takes: of everybody together, and of one tip key.
package struct UploadLimits: Sendable {
    /// Most bytes of one frame.
    package var maxBytes: Int
    /// Most bytes of one append.
    package var appendBytes: Int
    /// Most uploads open at a time.
    package var openCount: Int
    /// Most bytes that open uploads may come to.
    package var openBytes: Int
    /// Most uploads of one tip key, finished ones included until they expire.
    package var countPerKey: Int
    /// Most bytes of one tip key, likewise.
    package var bytesPerKey: Int
    /// Hours without an append after which an upload, or the memory of a finished one, goes.
    package var idleHours: Int
    /// Bytes of disk that evidence always leaves free, for tips.
    package var reserveBytes: Int

    /// Limits for a small server; each can be set.
    package init(
        maxBytes: Int = 9 << 30, appendBytes: Int = 1 << 20, openCount: Int = 1024,
        openBytes: Int = 200 << 30, countPerKey: Int = 64, bytesPerKey: Int = 32 << 30,
        idleHours: Int = 72, reserveBytes: Int = 1 << 30
    ) {
        self.maxBytes = maxBytes
        self.appendBytes = appendBytes
        self.openCount = openCount
        self.openBytes = openBytes
        self.countPerKey = countPerKey
        self.bytesPerKey = bytesPerKey
        self.idleHours = idleHours
        self.reserveBytes = reserveBytes
    }
}
