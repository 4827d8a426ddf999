/// A copy made from what a decoder saw: pixels, sound, plain text; never from the file's own bytes.
package struct SafeCopy: Sendable {
    /// What it is.
    package let kind: SafeCopyFacts.Kind
    /// Of which file: none for the file itself, else the place of each member in its archive's list,
    /// from 0, outermost first.
    package let path: [Int]
    /// The copy's bytes, in memory, for the caller to seal.
    package let file: MemoryFile
}
