// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The one list of compiler settings; every target of this package uses it.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// How programs are linked: what the loader has to fill in is filled in before the program starts,
/// and can't be written afterwards; and they name nothing of theirs to other libraries, which the
/// loader would else search for every symbol.
let hardened = [
    "-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now",
    "-Xclang-linker", "-Wl,--no-export-dynamic",
]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
    embedded: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude,
        resources: embedded.map { .embedInCode($0) }, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + [argumentParser], swiftSettings: strict,
        linkerSettings: [.unsafeFlags(hardened)])
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + dependencies,
        resources: resources, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(
    name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let structuredFields = Target.Dependency.product(
    name: "RawStructuredFieldValues", package: "swift-http-structured-headers")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let targets: [Target] = [
    .systemLibrary(
        name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
        name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Values and formats: no files, no clock, no network, no Foundation.
    library("Sealing"),
    library("Opening", ["Sealing"]),
    library("Tips", ["Sealing"]),
    library("Composing", ["Sealing", "Tips"]),

    // Values and formats, native only.
    library("NativePrimitives", ["Sealing", "CSodium", "CLibcrypto", crypto]),
    library("Custody", ["Sealing", "Tips", "NativePrimitives"]),
    library("Agencies", ["Sealing", "Tips", "NativePrimitives", "Custody"]),
    library(
        "Wire", ["Sealing", "Tips", "NativePrimitives", "Custody", httpTypes, structuredFields]),

    // The desk's judgement: values, no files, no clock; Foundation only for ICU's transliterations.
    library(
        "Matching", ["Sealing", "Tips", "NativePrimitives"],
        embedded: [
            "Places/gazetteer.json", "Phrases/am.json", "Phrases/en.json", "Phrases/hi.json",
            "Phrases/id.json", "Phrases/my.json", "Phrases/th.json", "Phrases/ur.json",
            "Phrases/vi.json", "Phrases/zh-Hans.json", "Phrases/zh-Hant.json",
        ]),

    // Use cases: no GRDB, no Hummingbird.
    library("Quarantine", ["Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "Wire"]),
    library("Ledger", ["Tips", "NativePrimitives", "Custody"]),
    library("Forwarding", ["Sealing", "Tips", "NativePrimitives", "Custody", "Agencies"]),

    // Adapters.
    library("DurableFiles"),
    library("Containers", ["Sealing", "Opening", "NativePrimitives", "DurableFiles"]),
    library("Examination", ["Tips", "CZlib"]),
    library("Terminal", ["Sealing", "NativePrimitives", "DurableFiles", argumentParser]),
    library(
        "ContainerCommands",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Agencies", "DurableFiles",
            "Containers", "Terminal", argumentParser,
        ]),
    library(
        "QuarantineSQLite",
        [
            "Tips", "NativePrimitives", "Custody", "Quarantine", "Ledger", "Forwarding",
            "DurableFiles", grdb,
        ]),
    library(
        "Serving",
        [
            "NativePrimitives", "Custody", "Wire", hummingbird, hummingbirdCore, hummingbirdTLS,
            nioSSL, nioCore, logging, configuration, serviceLifecycle, unixSignals, httpTypes,
        ]),
    library(
        "Intake",
        [
            "Sealing", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies", "Wire",
            "DurableFiles", "CZlib", "Serving", hummingbird, nioCore, nioPosix, logging, httpTypes,
            serviceLifecycle,
        ], exclude: ["Page"]),
    library(
        "PartnerAPI",
        [
            "Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "Wire", "Quarantine",
            "Ledger", "Forwarding", "DurableFiles", "Serving", hummingbird, nioCore, logging,
            httpTypes, serviceLifecycle,
        ]),
    library(
        "PartnerClient",
        [
            "Tips", "NativePrimitives", "Custody", "Agencies", "Wire", "Forwarding", "DurableFiles",
            asyncHTTPClient, nioCore, httpTypes,
        ]),
    library(
        "Submission",
        [
            "Sealing", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies", "Wire",
            "DurableFiles", asyncHTTPClient, nioCore, nioHTTP1, nioSSL, httpTypes,
        ]),
    library(
        "Ceremony",
        [
            "Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "Containers",
            "DurableFiles", tomlKit,
        ]),
    library(
        "Agents",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Containers",
            "DurableFiles",
        ]),
    library(
        "Verification",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Wire",
            "Forwarding", "Containers", "DurableFiles", "Agents", "PartnerClient",
            "Examination", "Matching",
        ]),
    library(
        "DeskConsole",
        [
            "Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "Forwarding", "Agents",
            "Examination", "Matching", "Verification", "PartnerClient", "Serving", hummingbird,
            nioCore, httpTypes,
        ]),
    library(
        "Reception",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Wire",
            "Forwarding",
            "Containers", "DurableFiles", "PartnerClient",
        ]),

    // Programs: parse, build, run.
    program(
        "sallyport",
        [
            "Sealing", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies", "Wire",
            "Forwarding", "DurableFiles", "Terminal", "ContainerCommands", "Submission", "Ceremony",
        ]),
    program("sallyport-container", ["Terminal", "ContainerCommands"]),
    program("sallyport-intake", ["DurableFiles", "Intake", "Serving", configuration, logging]),
    program(
        "sallyport-dispatch",
        [
            "PartnerAPI", "Quarantine", "QuarantineSQLite", "Ledger", "Custody", "Agencies",
            "DurableFiles", "Terminal", "Serving", configuration, logging,
        ]),
    program(
        "sallyport-desk",
        [
            "Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "Forwarding",
            "Containers",
            "DurableFiles", "Terminal", "Agents", "PartnerClient", "Examination", "Matching",
            "Verification",
            "DeskConsole",
            "Serving",
        ]),
    program(
        "sallyport-agency",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Forwarding",
            "DurableFiles", "PartnerClient", "Reception", "Terminal", "ContainerCommands",
        ]),

    // Tests: one target per module, and what they share.
    .target(
        name: "Vectors", dependencies: ["CZlib"], path: "Tests/Vectors", exclude: ["README.md"],
        resources: [
            .copy("age-testkit"), .copy("hpke"), .copy("merkle"), .copy("wycheproof"),
            .copy("xwing"),
        ], swiftSettings: strict),
    .target(
        name: "ReleaseKit",
        dependencies: [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Forwarding",
        ], path: "Tests/ReleaseKit", swiftSettings: strict),
    .executableTarget(
        name: "rig-frames",
        dependencies: [
            "Sealing", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies",
            "DurableFiles", "Submission",
        ], path: "Tests/Rig/Frames", swiftSettings: strict),
    .executableTarget(
        name: "rig-forge",
        dependencies: [
            "Sealing", "Opening", "Tips", "Custody", "Agencies", "DurableFiles", "ReleaseKit",
        ], path: "Tests/Rig/Forge", swiftSettings: strict),
    .executableTarget(
        name: "rig-examine", dependencies: ["Examination", "DurableFiles"],
        path: "Tests/Rig/Examine", swiftSettings: strict),
    .executableTarget(
        name: "bench-container", dependencies: ["Sealing", "Opening", "NativePrimitives"],
        path: "Tests/Bench/Container", swiftSettings: strict),
    .executableTarget(
        name: "bench-matching", dependencies: ["Sealing", "Tips", "NativePrimitives", "Matching"],
        path: "Tests/Bench/Matching", swiftSettings: strict),
    .target(
        name: "DeskKit",
        dependencies: [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "DurableFiles",
            "Agents", "Forwarding", "PartnerClient", "Wire", "Verification",
        ], path: "Tests/DeskKit", swiftSettings: strict),
    .executableTarget(
        name: "bench-desk",
        dependencies: [
            "Sealing", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies", "Agents",
            "Containers", "Submission", "Verification", "DeskKit",
        ], path: "Tests/Bench/Desk", swiftSettings: strict),
    tests("Agencies", ["Sealing", "Opening", "Tips", "NativePrimitives", "Custody"]),
    tests(
        "Agents",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "DurableFiles",
            "DeskKit",
        ]),
    tests(
        "Ceremony",
        ["Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "DurableFiles"]),
    tests("Containers", ["Sealing", "Opening", "NativePrimitives", "DurableFiles", "Vectors"]),
    tests("Examination", ["Tips", "CZlib"]),
    tests(
        "Forwarding",
        ["Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "ReleaseKit"]),
    tests(
        "DeskConsole",
        [
            "Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "DeskKit", "DurableFiles",
            "Agents", "Examination", "Matching", "Verification", hummingbird, nioCore, httpTypes,
        ]),
    tests("Custody", ["Sealing", "Tips", "NativePrimitives", "Vectors"]),
    tests("Matching", ["Sealing", "Tips", "NativePrimitives"]),
    tests("Ledger", ["Custody", "Sealing", "Tips", "NativePrimitives"]),
    tests("NativePrimitives", ["Sealing", "Vectors", crypto]),
    tests("Opening", ["Sealing", "NativePrimitives", "Vectors"]),
    tests(
        "Reception",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Forwarding",
            "DurableFiles", "ReleaseKit",
        ]),
    tests("Sealing", ["NativePrimitives"]),
    tests(
        "Intake",
        [
            "Sealing", "Opening", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies",
            "Wire", "DurableFiles",
            "Serving", logging,
        ]),
    .target(
        name: "StoreContract",
        dependencies: ["Sealing", "Tips", "NativePrimitives", "Custody", "Agencies", "Quarantine"],
        path: "Tests/StoreContract", swiftSettings: strict),
    tests(
        "Quarantine",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Ledger",
            "QuarantineSQLite", "StoreContract", grdb,
        ]),
    tests(
        "PartnerAPI",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Wire",
            "Quarantine", "QuarantineSQLite", "Forwarding", "Serving", "PartnerClient",
            "ReleaseKit", logging, httpTypes,
        ]),
    tests("Serving", ["Wire", logging]),
    tests(
        "Submission",
        [
            "Sealing", "Opening", "Tips", "Composing", "NativePrimitives", "Custody", "Agencies",
            "Wire",
            "DurableFiles", "Serving", "Intake", logging,
        ]),
    tests("Tips", ["Sealing", "NativePrimitives"]),
    tests(
        "Verification",
        [
            "Sealing", "Opening", "Tips", "NativePrimitives", "Custody", "Agencies", "Wire",
            "Forwarding", "DurableFiles", "Agents", "PartnerClient", "Composing", "DeskKit",
            "Examination", "Matching",
        ]),
    tests("Wire", ["Sealing", "Tips", "NativePrimitives", httpTypes]),

]

/// One libFuzzer program for each parser of bytes that come from others; only where SALLYPORT_FUZZ
/// is set, since they have no `main` of their own. `Tests/Fuzz/run` builds and runs them.
func fuzz(_ names: [String], _ dependencies: [Target.Dependency] = []) -> [Target] {
    names.map { name in
        .executableTarget(
            name: "Fuzz" + name,
            dependencies: ["Sealing", "Opening", "Tips", "NativePrimitives"] + dependencies,
            path: "Tests/Fuzz/Fuzz" + name, swiftSettings: strict)
    }
}

let fuzzers: [Target] =
    ProcessInfo.processInfo.environment["SALLYPORT_FUZZ"] == nil
    ? []
    : [
        fuzz([
            "Armor", "Bech32", "CBOR", "DeskMessage", "Envelope", "EvidenceTar", "Frame", "Header",
            "IdentityFile", "JSON", "MailboxSlot", "Manifest", "ParkRequest", "ParkedState",
            "PartContent", "Payload", "PuzzleChallenge", "Receipt", "Stanza",
        ]),
        fuzz(["Drop"]),
        fuzz(
            ["CustodyEvent", "LogPolicy", "LogProof", "Note", "Statement", "UploadRecord"],
            ["Custody"]),
        fuzz(["Directory", "Policy", "ShortText"], ["Custody", "Agencies"]),
        fuzz(["PartnerBody", "Path", "RequestSignature"], ["Custody", "Wire", httpTypes]),
        fuzz(["DoorFields"], ["Custody", "Wire", "Forwarding", httpTypes]),
        fuzz(
            ["BundleTar", "Predicate", "ReleasePackage"], ["Custody", "Agencies", "Forwarding"]),
        fuzz(["CaseEvent"], ["Custody", "Agencies", "Forwarding", "Examination"]),
        fuzz(["Acknowledgement", "Bundle"], ["Custody", "Agencies", "Forwarding", "ReleaseKit"]),
        fuzz(
            [
                "ExaminationReport", "Members", "Pixels", "ScanAnswer", "TextAnswers", "WorkerText",
            ],
            ["Examination"]),
        fuzz(["AgentAnswer"], ["Custody", "Agencies", "Agents"]),
        fuzz(
            ["AgentRequest"],
            ["Custody", "Agencies", "Forwarding", "Containers", "DurableFiles"]),
    ].flatMap { $0 }

let package = Package(
    name: "sallyport",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: targets + fuzzers
)
