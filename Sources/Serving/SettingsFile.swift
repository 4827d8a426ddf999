internal import Configuration
internal import Foundation
internal import Synchronization

/// A program's configuration: a YAML file, over which environment variables win.
///
/// The key `listen.port` is `port` under `listen` in the file, or `<PREFIX>_LISTEN_PORT` in the
/// environment. Reading is strict: a value of the wrong kind, and a key that nobody reads, are
/// errors, since a misspelt limit would otherwise silently not hold.
package final class SettingsFile: Sendable {
    private let reader: ConfigReader
    private let present: Set<String>
    private let prefix: String
    private let read = Mutex<Set<String>>([])

    /// Reads the file at `path`.
    ///
    /// - Parameters:
    ///   - path: the YAML file; nil for none, when the environment has everything.
    ///   - prefix: the variables' prefix, such as `SALLYPORT_INTAKE`.
    ///   - environment: the variables; those of the process unless a test says otherwise.
    /// - Throws: ``SettingsError``.
    package init(
        path: String?, prefix: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws(SettingsError) {
        let ours = environment.filter { $0.key.hasPrefix(prefix + "_") }
        let stripped = Dictionary(
            uniqueKeysWithValues: ours.map {
                (String($0.key.dropFirst(prefix.count + 1)), $0.value)
            })
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: stripped)
        ]
        var keys = Set(stripped.keys)
        if let path {
            let lines = try Self.lines(of: path)
            keys.formUnion(try YAMLKeys.dotted(in: lines).map(Self.variable))
            providers.append(try await Self.provider(path))
        }
        reader = ConfigReader(providers: providers)
        present = keys
        self.prefix = prefix
    }

    private static func lines(of path: String) throws(SettingsError) -> [String] {
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        } catch {
            throw .unreadable(path, "cannot be read as UTF-8 text")
        }
    }

    private static func provider(
        _ path: String
    ) async throws(SettingsError) -> FileProvider<YAMLSnapshot> {
        do {
            let place = EnvironmentVariablesProvider(environmentVariables: ["FILE_PATH": path])
            return try await FileProvider<YAMLSnapshot>(config: ConfigReader(provider: place))
        } catch {
            throw .unreadable(path, "is not the YAML that is expected: \(error)")
        }
    }

    /// `listen.max-connections` → `LISTEN_MAX_CONNECTIONS`.
    private static func variable(_ key: String) -> String {
        String(key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    private func isPresent(_ key: String) -> Bool {
        let variable = Self.variable(key)
        read.withLock { _ = $0.insert(variable) }
        return present.contains(variable)
    }

    /// The text of `key`; nil when it is not set.
    package func optionalString(_ key: String) throws(SettingsError) -> String? {
        guard isPresent(key) else { return nil }
        do {
            let value = try reader.requiredString(forKey: ConfigKey(key.components))
            guard !value.isEmpty else { throw SettingsError.invalid(key, "is empty") }
            return value
        } catch {
            throw .invalid(key, "needs a text")
        }
    }

    /// The text of `key`.
    ///
    /// - Throws: ``SettingsError/missing(_:)`` when it is not set.
    package func string(_ key: String) throws(SettingsError) -> String {
        guard let value = try optionalString(key) else { throw .missing(key) }
        return value
    }

    /// The text of `key`, or `fallback` when it is not set.
    package func string(_ key: String, default fallback: String) throws(SettingsError) -> String {
        try optionalString(key) ?? fallback
    }

    /// The number of `key`, or `fallback` when it is not set.
    ///
    /// - Throws: ``SettingsError/invalid(_:_:)`` for no number, or one outside `range`.
    package func integer(
        _ key: String, default fallback: Int, in range: ClosedRange<Int>
    ) throws(SettingsError) -> Int {
        guard isPresent(key) else { return fallback }
        let complaint = SettingsError.invalid(
            key, "needs a whole number from \(range.lowerBound) to \(range.upperBound)")
        do {
            let value = try reader.requiredInt(forKey: ConfigKey(key.components))
            guard range.contains(value) else { throw complaint }
            return value
        } catch {
            throw complaint
        }
    }

    /// Ends the reading: every key that is set must have been asked for.
    ///
    /// - Throws: ``SettingsError/unknown(_:)``.
    package func finish() throws(SettingsError) {
        let unknown = present.subtracting(read.withLock { $0 }).sorted()
        guard unknown.isEmpty else {
            throw .unknown(unknown.map { "\($0.lowercased()) (\(prefix)_\($0))" })
        }
    }
}

extension String {
    fileprivate var components: [String] { split(separator: ".").map(String.init) }
}

/// Why a configuration cannot be used; each names the place.
package enum SettingsError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be read, or a line of it.
    case unreadable(String, String)
    /// A setting without which the program cannot run.
    case missing(String)
    /// A setting whose value cannot be.
    case invalid(String, String)
    /// Settings that the program does not have.
    case unknown([String])

    package var description: String {
        switch self {
        case .unreadable(let path, let why): "configuration: \(path) \(why)"
        case .missing(let key): "configuration: \(key) is not set"
        case .invalid(let key, let why): "configuration: \(key) \(why)"
        case .unknown(let keys): "configuration: no such setting: \(keys.joined(separator: ", "))"
        }
    }
}
