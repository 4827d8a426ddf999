internal import ArgumentParser

/// `sallyport root`: the ceremony of the root key.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "root",
        abstract: "Make the root key; sign, renew and read the directory of keys.",
        discussion: """
            The root key signs one thing: the directory, from which every other program takes its \
            keys. Keep it on a machine without a network. Keys/README.md is the whole ceremony.

            A first directory, from the folder Keys:

              sallyport root init --out root.key > Keys/root.vkey
              sallyport root sign --root root.key --keys Keys \\
                  --out Keys/directory.note --policy Keys/policy.json
              sallyport root show Keys/directory.note --root-vkey Keys/root.vkey

            Passphrases are asked for at the terminal, or read as one line of standard input.
            """,
        subcommands: [RootInit.self, RootSign.self, RootRenew.self, RootShow.self])
}
