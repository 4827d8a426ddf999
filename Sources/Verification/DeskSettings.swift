package import Custody
internal import DurableFiles
internal import Tips

/// `settings.json`: where things are; nothing secret.
package struct DeskSettings: Equatable, Sendable {
    /// The root key that directories must be signed by.
    package let root: NoteVerifier
    /// The desk agent's socket.
    package let agent: String
    /// The partners' door of dispatch, `https://host:port`; "" when everything is carried.
    package let dispatch: String
    /// A PEM file with the certificates to trust; "" for the system's.
    package let certificates: String
    /// For how long what nobody needs any more is kept.
    package let retention: RetentionRules

    /// Settings of these values.
    package init(
        root: NoteVerifier, agent: String, dispatch: String, certificates: String,
        retention: RetentionRules = .usual
    ) {
        self.root = root
        self.agent = agent
        self.dispatch = dispatch
        self.certificates = certificates
        self.retention = retention
    }

    /// Makes a desk's folder with these settings.
    ///
    /// - Throws: ``DeskError/file(_:)`` when there is a desk already.
    package func create(in folder: String) throws(DeskError) {
        try desk {
            for name in ["", "/cases", "/inbox", "/refused", "/journal"] {
                try Durable.createDirectory(folder + name, mode: 0o770)
            }
            let json: JSON = [
                "format": "sallyport-desk/1", "root": .string(root.vkey), "agent": .string(agent),
                "dispatch": .string(dispatch), "certificates": .string(certificates),
                "unopenedDays": .integer(Int64(retention.unopenedDays)),
                "closedDays": .integer(Int64(retention.closedDays)),
            ]
            try Durable.write(
                (json.encoded + [0x0A]).span, to: folder + "/settings.json", mode: 0o640)
        }
    }

    static func read(_ folder: String) throws(DeskError) -> DeskSettings {
        do {
            let text = try Durable.read(folder + "/settings.json", limit: 16 * 1024)
            let line = Array(text.dropLast())
            let json = try JSON.parse(line.span, limit: 16 * 1024).asObject()
            guard try json.string("format") == "sallyport-desk/1" else {
                throw JSONError.badValue("format")
            }
            return DeskSettings(
                root: try NoteVerifier(vkey: try json.string("root")),
                agent: try json.string("agent"), dispatch: try json.string("dispatch"),
                certificates: try json.string("certificates"), retention: try retention(json))
        } catch let error as DeskError {
            throw error
        } catch {
            throw .noDesk(folder)
        }
    }

    /// A desk that was made before there were rules has the usual ones.
    private static func retention(_ json: JSONObject) throws -> RetentionRules {
        guard json.has("unopenedDays") || json.has("closedDays") else { return .usual }
        let days = 0...Int(Int32.max)
        guard
            let rules = RetentionRules(
                unopenedDays: try json.int("unopenedDays", in: days),
                closedDays: try json.int("closedDays", in: days))
        else {
            throw DeskError.badInput(
                "settings.json: unopenedDays and closedDays are from "
                    + "\(RetentionRules.limits.lowerBound) to \(RetentionRules.limits.upperBound).")
        }
        return rules
    }
}
