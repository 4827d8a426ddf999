import Custody
import Wire

/// libFuzzer's entry point: what parses as a path of a door, of a tile, or of a carried file is
/// written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let text = String(decoding: input, as: UTF8.self)
    let bytes = [UInt8](text.utf8)
    if let path = PublicPath(text) {
        precondition([UInt8](path.text.utf8) == bytes, "another path of the public door")
        precondition(!text.contains(".."), "a way up")
    }
    if let path = PartnerPath(text) {
        precondition([UInt8](path.text.utf8) == bytes, "another path of the partners' door")
    }
    if let tile = Tile(path: text) {
        precondition([UInt8](tile.path.utf8) == bytes, "another path of a tile")
        precondition(tile.places.count == tile.width, "a tile of another width")
    }
    for kind in CarriedFile.Kind.allCases {
        guard let file = kind.file(text) else { continue }
        precondition([UInt8](file.path.utf8) == kind.folder.utf8 + [0x2F] + bytes, "another name")
    }
    if let purpose = PuzzlePurpose(text) {
        precondition([UInt8](purpose.pathComponents.utf8) == bytes, "another purpose")
    }
    for refusal in [Refusal(body: text)?.body, PartnerRefusal(body: text)?.body] {
        precondition(refusal.map { $0.utf8.count < 200 } ?? true, "a long refusal")
    }
    return 0
}
