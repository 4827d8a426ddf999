package import DurableFiles
package import Opening
package import Sealing

/// Why a container could not be written or read.
package enum ContainerError: Error {
    /// Reading or writing failed.
    case file(FileError)
    /// It could not be sealed.
    case sealing(SealingError)
    /// It could not be opened.
    case opening(OpeningError)
}
