// A text that a format carries: a `String`, and in the page its UTF-8. The page neither shows these
// texts nor compares them in any way but by their bytes, and the tables and functions behind
// `String` would be a fifth of what it has to load.
#if hasFeature(Embedded)
    /// A text that a format carries.
    package typealias FormatText = [UInt8]

    extension FormatText {
        /// The text's bytes: as of a `String`.
        package var utf8: [UInt8] { self }

        /// The text of these bytes.
        ///
        /// - Throws: ``FormatError/badText`` when they are not UTF-8.
        init(
            validating buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
        ) throws(FormatError) {
            do throws(UTF8.ValidationError) {
                _ = try unsafe UTF8Span(validating: buffer.span.extracting(range))
            } catch {
                throw .badText
            }
            self = unsafe [UInt8](buffer[range])
        }
    }
#else
    /// A text that a format carries.
    package typealias FormatText = String

    extension FormatText {
        /// The text of these bytes.
        ///
        /// - Throws: ``FormatError/badText`` when they are not UTF-8.
        init(
            validating buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
        ) throws(FormatError) {
            guard let text = unsafe String(validating: buffer[range], as: UTF8.self) else {
                throw .badText
            }
            self = text
        }
    }
#endif
