import ArgumentParser

/// The program of the public door.
@main
struct IntakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport-intake",
        abstract: "The public door: takes sealed tips and hands them on. It cannot open them.",
        discussion: """
            Reporters' programs send sealed frames to this server. It checks everything that can \
            be checked without a key, stores what is right in a spool directory, and answers only \
            when the bytes are on the disk. sallyport-dispatch takes the spool from there.

            EXAMPLES
              sallyport-intake check-config --config /etc/sallyport/intake.yaml
              sallyport-intake serve --config /etc/sallyport/intake.yaml
              SALLYPORT_INTAKE_LISTEN_PORT=8081 sallyport-intake serve --config intake.yaml

            A CONFIGURATION FILE
              data: /var/lib/sallyport/intake
              spool: /var/lib/sallyport/spool
              published: /var/lib/sallyport/public
              root-key: example-root+1a2b3c4d+AVk...
              listen:
                host: 127.0.0.1
                port: 8440

            Each setting has a variable: listen.port is SALLYPORT_INTAKE_LISTEN_PORT. A setting \
            that does not exist is an error. Without tls.certificate and tls.key, only loopback \
            addresses are bound.

            EXIT STATUS
              0 after SIGTERM or SIGINT, 64 for a wrong command line, 70 when the disk failed, \
            78 for a wrong configuration.
            """,
        subcommands: [Serve.self, CheckConfig.self])
}

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .long, help: "The YAML file with the settings; without it, only the environment.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?
}
