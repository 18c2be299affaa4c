/// Reads `application/x-www-form-urlencoded` bodies and query strings (WHATWG URL Standard, section 5.1), with
/// one difference: a `%` without two hexadecimal digits is refused instead of kept.
package struct URLEncodedForm: Sendable {
    private let limits: FormLimits

    /// A reader with limits.
    package init(limits: FormLimits = .urlEncoded) { self.limits = limits }

    /// Reads a whole body.
    ///
    /// - Throws: `FormFault`, one of `.tooLarge`, `.tooManyFields`, `.textTooLarge`, `.percentEncoding`, `.utf8`
    ///   and `.nul`.
    package func parse(_ body: ArraySlice<UInt8>) throws(FormFault) -> FormFields {
        guard body.count <= limits.totalBytes else { throw .tooLarge }
        var fields: [FormFields.Field] = []
        var rest = body
        while !rest.isEmpty {
            let pair = rest.prefix { $0 != UInt8(ascii: "&") }
            rest = rest[pair.endIndex...].dropFirst()
            if pair.isEmpty { continue }
            guard fields.count < limits.fields else { throw .tooManyFields }
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair[name.endIndex...].dropFirst()
            fields.append(.init(name: try decode(name), content: .text(try decode(value))))
        }
        return FormFields(fields)
    }

    /// Reads a query string or a body that is already text.
    package func parse(_ text: String) throws(FormFault) -> FormFields { try parse(Array(text.utf8)[...]) }

    private func decode(_ bytes: ArraySlice<UInt8>) throws(FormFault) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"): decoded.append(0x20)
            case UInt8(ascii: "%"):
                guard let byte = PercentEncoding.byte(in: bytes, at: index) else { throw .percentEncoding }
                decoded.append(byte)
                index += 2
            case let byte: decoded.append(byte)
            }
            index += 1
        }
        return try FormText.decode(decoded[...], limit: limits.textBytes)
    }
}

enum PercentEncoding {
    /// The byte that `%XX` at an index stands for; nil when no two hexadecimal digits follow.
    static func byte(in bytes: ArraySlice<UInt8>, at index: Int) -> UInt8? {
        guard bytes.endIndex - index > 2, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
        else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
