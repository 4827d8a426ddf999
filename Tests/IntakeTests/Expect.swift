import Testing

/// `#expect(first == second)` for values that take `try await`, or a mutation, to get.
func expectEqual<Value: Equatable>(
    _ first: Value, _ second: Value, at place: SourceLocation = #_sourceLocation
) {
    #expect(first == second, sourceLocation: place)
}

/// `#expect(first != second)`, likewise.
func expectDifferent<Value: Equatable>(
    _ first: Value, _ second: Value, at place: SourceLocation = #_sourceLocation
) {
    #expect(first != second, sourceLocation: place)
}
