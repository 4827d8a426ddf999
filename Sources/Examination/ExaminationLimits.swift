/// Every limit of an examination, with its unit. Those of one tool are beside the tool (``Tool``).
package enum ExaminationLimits {
    /// Most bytes of a file that is looked into; larger ones stay sealed, with no copy.
    package static let fileBytes = 2 << 30
    /// Most bytes of a document that LibreOffice gets: it holds a copy of it in its memory.
    package static let officeBytes = 48 << 20
    /// Most bytes of a text of which a copy is made.
    package static let textBytes = 16 << 20
    /// Most bytes of one safe copy.
    package static let copyBytes = 512 << 20

    /// Pixels of the long side of a copied picture; larger ones are made smaller.
    package static let pictureSide = 4096
    /// Pixels of the long side of a copied page: 171 dots per inch on A4.
    package static let pageSide = 2000
    /// Pixels of the long side of a copied film.
    package static let filmSide = 1280
    /// Most pages that are copied.
    package static let pages = 200
    /// Longest recording that is encoded anew, in seconds.
    package static let recordingSeconds = 1800

    /// How deep archives in archives are looked into.
    package static let archiveDepth = 4
    /// Most files of all archives inside one file.
    package static let archiveFiles = 500
    /// Most members of any kind of one archive.
    package static let archiveEntries = 5000
    /// Most bytes of all files of all archives inside one file.
    package static let archiveBytes = 512 << 20
    /// Most bytes that an archive may unpack to for each of its own…
    package static let archiveRatio = 100
    /// … once it unpacks to more than this many bytes.
    package static let archiveFreeBytes = 16 << 20

    /// Seconds for one file and everything in it. One that uses them all up holds one place of
    /// ``SideBySide``; the others go on.
    package static let fileSeconds = 3600
    /// The same for the members of an archive together.
    package static let archiveSeconds = 600
    /// Files that are examined at the same time.
    package static let atOnce = 2
}
