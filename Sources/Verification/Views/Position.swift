internal import Examination
internal import Glibc
internal import Matching

/// A place on the earth, in degrees.
struct Position: Equatable {
    let latitude: Double
    let longitude: Double

    /// The earth's mean radius in kilometres (IUGG, R1).
    private static let earthRadius = 6371.0088

    /// nil outside of what there is.
    init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The position that a list claims.
    init(_ claim: Site.Claim) {
        latitude = Double(claim.latitude) / 1_000_000
        longitude = Double(claim.longitude) / 1_000_000
    }

    /// The great circle's length, by the haversine formula; the earth is taken as a sphere, which
    /// errs by at most half a per cent.
    func kilometres(to other: Position) -> Double {
        let radians = Double.pi / 180
        let (north, east) = (other.latitude - latitude, other.longitude - longitude)
        let half =
            pow(sin(north * radians / 2), 2)
            + cos(latitude * radians) * cos(other.latitude * radians)
            * pow(sin(east * radians / 2), 2)
        return 2 * Self.earthRadius * asin(min(1, half.squareRoot()))
    }
}

extension Metadata {
    /// The positions that the fields tell: a latitude with the longitude of the same group.
    ///
    /// exiftool's own sums (`Composite`) have a sign; those of the group `GPS` have their hemisphere
    /// in a field beside them, and count only where there is no sum.
    var positions: [(field: Field, position: Position)] {
        let sums = position(in: "Composite")
        return (sums ?? position(in: "GPS")).map { [$0] } ?? []
    }

    private func position(in group: String) -> (field: Field, position: Position)? {
        guard let latitude = degrees("\(group):GPSLatitude", negative: "S"),
            let longitude = degrees("\(group):GPSLongitude", negative: "W"),
            let position = Position(latitude: latitude, longitude: longitude)
        else { return nil }
        let value = "\(latitude), \(longitude)"
        return (Field(name: "\(group):GPSLatitude, GPSLongitude", value: value), position)
    }

    private func degrees(_ name: String, negative: String) -> Double? {
        guard let text = value(name), text.utf8.count <= 24, let degrees = Double(text) else {
            return nil
        }
        return value(name + "Ref")?.hasPrefix(negative) == true ? -abs(degrees) : degrees
    }

    private func value(_ name: String) -> String? { places.first { $0.name == name }?.value }
}
