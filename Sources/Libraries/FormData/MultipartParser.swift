/// Reads `multipart/form-data` bodies (RFC 7578 on RFC 2046) from memory, in time linear in their length.
///
/// File contents are slices of the body. Lines end in CR LF only; a boundary that does not stand on a line of
/// its own is content. Text before the first and after the closing boundary is ignored, as RFC 2046 asks.
package struct MultipartParser: Sendable {
    /// The two hyphens and the boundary.
    private let dashBoundary: [UInt8]
    private let limits: FormLimits

    /// A reader for the bodies of one request.
    ///
    /// - Parameters:
    ///   - contentType: The value of the Content-Type header with its boundary.
    ///   - limits: What the form may cost.
    /// - Throws: `FormFault.contentType` or `.boundary`.
    package init(contentType: String, limits: FormLimits = .multipart) throws(FormFault) {
        guard let header = HeaderValue(Array(contentType.utf8)), header.value == "multipart/form-data" else {
            throw .contentType
        }
        guard let boundary = header.parameters["boundary"], Self.isBoundary(boundary) else { throw .boundary }
        dashBoundary = Array("--".utf8) + boundary
        self.limits = limits
    }

    /// Reads a whole body.
    ///
    /// - Throws: `FormFault` with the first rule that is broken.
    package func parse(_ body: ArraySlice<UInt8>) throws(FormFault) -> FormFields {
        guard body.count <= limits.totalBytes else { throw .tooLarge }
        let reader = PartReader(maximumHeaderBytes: limits.headerBytes, maximumTextBytes: limits.textBytes)
        var fields: [FormFields.Field] = []
        guard var delimiter = firstDelimiter(in: body) else { throw .truncated }
        var count = 0
        while !delimiter.isClosing {
            guard count < limits.fields else { throw .tooManyFields }
            count += 1
            // The CR LF that ends the delimiter line may also begin the next one, when a part is empty.
            guard let next = nextDelimiter(in: body[(delimiter.end - 2)...]) else { throw .truncated }
            guard next.start >= delimiter.end else { throw .partHeader }
            if let field = try reader.read(body[delimiter.end..<next.start]) { fields.append(field) }
            delimiter = next
        }
        return FormFields(fields)
    }

    /// RFC 2046 section 5.1.1: 1 to 70 characters of a small set, the last not a space.
    private static func isBoundary(_ bytes: [UInt8]) -> Bool {
        (1...70).contains(bytes.count) && bytes.last != 0x20
            && bytes.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "'()+_,-./:=? ".utf8.contains(byte)
                }
            }
    }
}

/// Finding boundaries.
extension MultipartParser {
    /// A boundary line: where its CR LF starts, where the text after it starts, and whether it closes the form.
    private struct Delimiter {
        var start: Int
        var end: Int
        var isClosing: Bool
    }

    /// The first boundary may stand at the very start, without CR LF before it.
    private func firstDelimiter(in body: ArraySlice<UInt8>) -> Delimiter? {
        delimiter(in: body, at: body.startIndex, boundaryAt: body.startIndex) ?? nextDelimiter(in: body)
    }

    /// The next line break with a boundary line behind it.
    ///
    /// A candidate begins with CR, which occurs neither in a boundary nor in the padding behind it, so that the
    /// search never needs to look at the same bytes for two candidates.
    private func nextDelimiter(in bytes: ArraySlice<UInt8>) -> Delimiter? {
        var index = bytes.startIndex
        while let lineEnd = bytes[index...].firstIndex(of: 0x0D) {
            index = lineEnd + 1
            guard index < bytes.endIndex, bytes[index] == 0x0A else { continue }
            if let found = delimiter(in: bytes, at: lineEnd, boundaryAt: lineEnd + 2) { return found }
        }
        return nil
    }

    /// The boundary line that starts at an index, nil when the line is something else.
    private func delimiter(in bytes: ArraySlice<UInt8>, at start: Int, boundaryAt line: Int) -> Delimiter? {
        guard bytes[line...].starts(with: dashBoundary) else { return nil }
        var index = line + dashBoundary.count
        let isClosing = bytes[index...].starts(with: "--".utf8)
        if isClosing { index += 2 }
        while index < bytes.endIndex, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        if bytes[index...].starts(with: [0x0D, 0x0A]) {
            return Delimiter(start: start, end: index + 2, isClosing: isClosing)
        }
        return isClosing && index == bytes.endIndex ? Delimiter(start: start, end: index, isClosing: true) : nil
    }
}
