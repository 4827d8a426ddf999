package import DurableFiles

extension Failure {
    /// What a file operation that failed means for a person.
    package init(_ error: FileError) {
        let path = error.path
        let isOutput = path == OpenFile.standardOutput.path
        let left = isOutput ? "what was written is not complete" : "nothing was left behind"
        if error.isAlreadyThere {
            self.init(
                "\(path) is there already, and was left as it is.",
                hint: "Choose another name, or move the old one away first.")
        } else if error.isNotThere {
            self.init("\(path): there is no such file or folder.")
        } else if error.isFolder {
            self.init("\(path) is a folder, not a file.")
        } else if error.isForbidden {
            self.init(
                "\(path): you are not allowed to do that there (\(error.operation)).",
                hint: "See whose it is and who may read and write it: ls -ld.")
        } else if error.isNoSpace {
            self.init(
                "\(path): the disk is full; \(left).",
                hint: "Make room, then do the same again.")
        } else if error.isBrokenPipe {
            self.init("\(path): whoever was reading it has stopped.")
        } else if error.isTooLarge {
            self.init(
                error.operation == "read"
                    ? "\(path) is larger than a file of its kind can be."
                    : "\(path): no file may be so large there; \(left).")
        } else if error.isChanging {
            self.init(
                "\(path) changed while it was read: something is still writing to it.",
                hint: "Wait until that is done, or copy the file, and do the same again.")
        } else if error.isNameTooLong {
            self.init("\(path): the name is too long.")
        } else {
            self.init("\(error)", exitCode: 70)
        }
    }
}
