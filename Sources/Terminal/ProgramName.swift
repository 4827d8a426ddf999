/// What the running program is called, for examples that are the same in several programs.
package enum ProgramName {
    /// The last part of the name it was started by.
    package static var current: String {
        CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "sallyport"
    }
}
