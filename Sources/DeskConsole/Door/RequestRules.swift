/// What every request must be, whoever sends it. A pure function, so that each rule can be tested.
///
/// - A name that leads here (DNS rebinding) is not our address: the host must be the address itself.
/// - Another site may neither show nor send anything: browsers say whose request it is.
/// - Reading changes nothing; what changes something is a form of ours.
enum RequestRules {
    /// Why a request is not answered. To the network each is a number and nothing else.
    enum Denial: Int, Error {
        /// Another method than GET and POST.
        case method = 405
        /// Not from a page of this console.
        case stranger = 403
        /// Not sent to our address.
        case otherHost = 421
        /// Not a form, or larger than any.
        case malformed = 400
        /// No such page.
        case notFound = 404
        /// Too much is being shown at this moment.
        case busy = 503
    }

    /// What of a request is looked at.
    struct Asked {
        var method = "GET"
        var host: String?
        var origin: String?
        /// `Sec-Fetch-Site`, which every browser of today sends.
        var site: String?
        var contentType: String?
    }

    /// The address on which everything is served.
    static func host(port: Int) -> String { "127.0.0.1:\(port)" }

    /// Refuses what is not ours.
    ///
    /// - Throws: ``Denial``.
    static func check(_ asked: Asked, port: Int) throws(Denial) {
        guard asked.host == host(port: port) else { throw .otherHost }
        switch asked.method {
        case "GET": try checkReading(asked, port: port)
        case "POST": try checkForm(asked, port: port)
        default: throw .method
        }
    }

    private static func checkReading(_ asked: Asked, port: Int) throws(Denial) {
        // "none": typed, or opened from the terminal.
        guard asked.site ?? "none" == "none" || asked.site == "same-origin",
            asked.origin.map({ $0 == origin(port: port) }) ?? true
        else { throw .stranger }
    }

    private static func checkForm(_ asked: Asked, port: Int) throws(Denial) {
        guard asked.origin == origin(port: port), asked.site ?? "same-origin" == "same-origin"
        else { throw .stranger }
        guard asked.contentType == "application/x-www-form-urlencoded" else { throw .malformed }
    }

    private static func origin(port: Int) -> String { "http://" + host(port: port) }
}
