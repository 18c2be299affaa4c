extension FormFields {
    /// Reads the body of a form request of either kind.
    ///
    /// - Parameters:
    ///   - body: The whole body.
    ///   - contentType: The value of the Content-Type header.
    ///   - limits: What the form may cost; by default the limits for its kind.
    /// - Throws: `FormFault`, `.contentType` when the header names neither kind.
    package init(body: ArraySlice<UInt8>, contentType: String, limits: FormLimits? = nil) throws(FormFault) {
        guard let header = HeaderValue(Array(contentType.utf8)) else { throw .contentType }
        switch header.value {
        case "application/x-www-form-urlencoded":
            self = try URLEncodedForm(limits: limits ?? .urlEncoded).parse(body)
        case "multipart/form-data":
            self = try MultipartParser(contentType: contentType, limits: limits ?? .multipart).parse(body)
        default: throw .contentType
        }
    }

    /// Reads the body of a form request of either kind.
    package init(body: [UInt8], contentType: String, limits: FormLimits? = nil) throws(FormFault) {
        try self.init(body: body[...], contentType: contentType, limits: limits)
    }
}

/// Texts that came in as bytes.
enum FormText {
    /// - Throws: `.textTooLarge`, `.nul` or `.utf8`.
    static func decode(_ bytes: ArraySlice<UInt8>, limit: Int) throws(FormFault) -> String {
        guard bytes.count <= limit else { throw .textTooLarge }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .utf8 }
        guard !bytes.contains(0) else { throw .nul }
        return text
    }
}
