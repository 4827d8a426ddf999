// Notes and the keys that sign them are written over the native primitives. In the page those are
// BoringSSL's: the same sources, another library.
typealias NativePrimitives = BoringPrimitives
