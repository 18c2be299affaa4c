/// Reads one part of a multipart form: its headers, an empty line, its content.
struct PartReader {
    let maximumHeaderBytes: Int
    let maximumTextBytes: Int

    /// The field of a part; nil for a file input in which nothing was chosen.
    func read(_ part: ArraySlice<UInt8>) throws(FormFault) -> FormFields.Field? {
        let (headers, content) = try split(part)
        let fields = try HeaderFields(headers)
        guard let text = fields.contentDisposition, let disposition = HeaderValue(Array(text)),
            disposition.value == "form-data", let rawName = disposition.parameters["name"],
            fields.hasPlainTransfer
        else { throw .disposition }
        let name = try FormText.decode(unescape(rawName)[...], limit: maximumTextBytes)
        guard let filename = try filename(of: disposition) else {
            return .init(name: name, content: .text(try FormText.decode(content, limit: maximumTextBytes)))
        }
        if filename.isEmpty && content.isEmpty { return nil }
        let file = FormFile(filename: filename, contentType: try fields.claimedType(), bytes: content)
        return .init(name: name, content: .file(file))
    }

    /// Looks for the empty line no further than the headers may reach.
    private func split(
        _ part: ArraySlice<UInt8>
    ) throws(FormFault) -> (headers: ArraySlice<UInt8>, content: ArraySlice<UInt8>) {
        let window = part.prefix(maximumHeaderBytes + 4)
        var index = window.startIndex
        while let lineEnd = window[index...].firstIndex(of: 0x0D) {
            if window[lineEnd...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) {
                return (part[..<lineEnd], part[(lineEnd + 4)...])
            }
            index = lineEnd + 1
        }
        throw window.count < part.count ? .headersTooLarge : .partHeader
    }

    /// The last component of the file name; nil when the part is not a file.
    ///
    /// RFC 7578 section 4.2 forbids `filename*`, but some HTTP libraries send it, always as UTF-8.
    private func filename(of disposition: HeaderValue) throws(FormFault) -> String? {
        let path: [UInt8]
        if let plain = disposition.parameters["filename"] {
            path = unescape(plain)
        } else if let extended = disposition.parameters["filename*"] {
            path = try decodeExtended(extended)
        } else {
            return nil
        }
        let folderEnd = path.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        return try FormText.decode(path[(folderEnd.map { $0 + 1 } ?? 0)...], limit: maximumTextBytes)
    }

    /// Browsers write `"`, CR and LF as `%22`, `%0D` and `%0A` and leave every `%` alone (HTML Standard, multipart
    /// form data). Only the quotation mark is put back: line breaks have no business in names.
    private func unescape(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.first {
            let isQuote = rest.starts(with: "%22".utf8)
            decoded.append(isQuote ? UInt8(ascii: "\"") : byte)
            rest = rest.dropFirst(isQuote ? 3 : 1)
        }
        return decoded
    }

    /// `UTF-8''…` with percent-encoding (RFC 8187).
    private func decodeExtended(_ bytes: [UInt8]) throws(FormFault) -> [UInt8] {
        let parts = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, lowercased(parts[0]) == "utf-8" else { throw .disposition }
        var decoded: [UInt8] = []
        var rest = parts[2]
        while let byte = rest.first {
            if byte == UInt8(ascii: "%") {
                guard let value = PercentEncoding.byte(in: rest, at: rest.startIndex) else { throw .percentEncoding }
                decoded.append(value)
                rest = rest.dropFirst(3)
            } else {
                decoded.append(byte)
                rest = rest.dropFirst()
            }
        }
        return decoded
    }
}

/// The headers of a part that matter here.
private struct HeaderFields {
    private(set) var contentDisposition: ArraySlice<UInt8>?
    private var contentType: ArraySlice<UInt8>?
    private var transferEncoding: ArraySlice<UInt8>?

    /// - Throws: `.partHeader` for a line without a name, a folded line, a bare line break or a repeated header.
    init(_ bytes: ArraySlice<UInt8>) throws(FormFault) {
        var rest = bytes
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0D }
            rest = rest[line.endIndex...]
            guard rest.isEmpty || rest.starts(with: [0x0D, 0x0A]) else { throw .partHeader }
            rest = rest.dropFirst(2)
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            guard !name.isEmpty, name.endIndex < line.endIndex, name.allSatisfy(isToken),
                !line.contains(where: { $0 == 0x0A || $0 == 0 })
            else { throw .partHeader }
            try note(line[(name.endIndex + 1)...], as: lowercased(name))
        }
    }

    private mutating func note(_ value: ArraySlice<UInt8>, as name: String) throws(FormFault) {
        switch name {
        case "content-disposition":
            guard contentDisposition == nil else { throw .partHeader }
            contentDisposition = value
        case "content-type":
            guard contentType == nil else { throw .partHeader }
            contentType = value
        case "content-transfer-encoding":
            guard transferEncoding == nil else { throw .partHeader }
            transferEncoding = value
        default: break
        }
    }

    /// RFC 7578 section 4.7 deprecates transfer encodings; those that change nothing are let through.
    var hasPlainTransfer: Bool {
        guard let transferEncoding else { return true }
        return ["7bit", "8bit", "binary"].contains(HeaderValue(Array(transferEncoding))?.value)
    }

    /// The media type with its parameters, without spaces around it.
    func claimedType() throws(FormFault) -> String {
        guard let contentType else { return "application/octet-stream" }
        let trimmed = contentType.drop { $0 == 0x20 || $0 == 0x09 }
        let end = trimmed.lastIndex { $0 != 0x20 && $0 != 0x09 }
        guard let end else { return "application/octet-stream" }
        return try FormText.decode(trimmed[...end], limit: trimmed.count)
    }
}
