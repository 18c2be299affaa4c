/// What a form may cost at most.
package struct FormLimits: Sendable, Hashable {
    /// Bytes of the whole body.
    package var totalBytes: Int

    /// Fields of a URL-encoded form, or parts of a multipart form.
    package var fields: Int

    /// Bytes of one text and of one name, after decoding.
    package var textBytes: Int

    /// Bytes of the headers of one part.
    package var headerBytes: Int

    /// Limits of your own; only the total has no default.
    package init(totalBytes: Int, fields: Int = 200, textBytes: Int = 1 << 20, headerBytes: Int = 8 << 10) {
        self.totalBytes = totalBytes
        self.fields = fields
        self.textBytes = textBytes
        self.headerBytes = headerBytes
    }

    /// For forms without files: 1 MiB, 1,000 fields.
    package static let urlEncoded = FormLimits(totalBytes: 1 << 20, fields: 1_000)

    /// For forms with pictures: 20 MiB, 1,000 parts. A long list of brands has a dozen parts in each row.
    package static let multipart = FormLimits(totalBytes: 20 << 20, fields: 1_000)
}
