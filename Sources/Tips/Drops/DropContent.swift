internal import Sealing

/// How a report carries a dropped file: `"sealed"` and `"mandate"`, both in base64.
extension Drop {
    init(_ object: JSONObject) throws(JSONError) {
        self.init(file: try object.base64("sealed"), mandate: try object.base64("mandate"))
        guard (1...Self.fileBytes).contains(file.count) else { throw .badValue("sealed") }
        guard mandate.count == 64 else { throw .badValue("mandate") }
    }

    func add(to object: inout JSONObject) {
        object.add("sealed", .string(Self.base64(file)))
        object.add("mandate", .string(Self.base64(mandate)))
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
    }
}

extension JSONObject {
    fileprivate func base64(_ key: String) throws(JSONError) -> [UInt8] {
        let text = [UInt8](try string(key).utf8)
        guard let bytes = Base64.decode(text.span, padded: true) else { throw .badValue(key) }
        return bytes
    }
}
