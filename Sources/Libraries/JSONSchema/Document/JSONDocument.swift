package import CanonicalJSON

/// A JSON text, read once into a flat tape that schemas validate. Immutable, so any number of threads may read it.
///
/// Unlike `JSONValue` it keeps the order of members and every digit of every number.
package struct JSONDocument: Sendable {
    let tape: Tape

    init(tape: Tape) { self.tape = tape }

    /// Reads one JSON text (RFC 8259) in UTF-8, strictly: no byte order mark, no duplicate keys, no lone surrogates,
    /// nothing after the value.
    ///
    /// - Throws: `JSONFault` with the reason and the offset of the offending byte. A number whose exponent is beyond
    ///   ±100,000 is `.numberRange`.
    package init(utf8 bytes: some Collection<UInt8>, limits: JSONLimits = .standard) throws(JSONFault) {
        let count = bytes.count
        guard count <= limits.bytes, count < Int(Int32.max) else { throw JSONFault(.tooLarge, at: limits.bytes) }
        var builder = TapeBuilder(text: bytes, count: count)
        do throws(JSONFault) {
            try TapeParser.parse(into: &builder, depth: limits.depth)
        } catch {
            builder.discard()
            throw error
        }
        tape = builder.finish()
    }

    /// Reads one JSON text from a string.
    package init(_ text: String, limits: JSONLimits = .standard) throws(JSONFault) {
        try self.init(utf8: text.utf8, limits: limits)
    }

    /// The document of a value in memory. Members come in canonical order, because `JSONValue` knows no other.
    package init(_ value: JSONValue) {
        var builder = TapeBuilder(text: EmptyCollection(), count: 0)
        builder.append(value)
        tape = builder.finish()
    }

    /// The same text as a value in memory: numbers become 64-bit integers or doubles.
    package var value: JSONValue { tape.value(at: 0) }
}
