package import DurableFiles

extension Failure {
    /// What a file operation that failed means for a person.
    package init(_ error: FileError) {
        if error.isAlreadyThere {
            self.init(
                "\(error.path) is there already, and was left as it is.",
                hint: "Choose another name, or move the old one away first.")
        } else if error.isNotThere {
            self.init("\(error.path): there is no such file or folder.")
        } else if error.isNoSpace {
            self.init(
                "\(error.path): the disk is full; nothing was left behind.",
                hint: "Make room, then do the same again.")
        } else if error.isTooLarge {
            self.init("\(error.path) is larger than a file of its kind can be.")
        } else {
            self.init("\(error)", exitCode: 70)
        }
    }
}
