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

/// Asks again until `condition` holds, for at most a minute: a slow machine is no failure.
func expectEventually(
    at place: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) async throws {
    for _ in 0..<600 {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(100))
    }
    Issue.record("it never came true", sourceLocation: place)
}
