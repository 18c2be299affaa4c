/// The fields of a submitted form, in the order they were sent. A name may occur several times.
package struct FormFields: Sendable {
    /// One field: its name and either a text or a file.
    package struct Field: Sendable, Hashable {
        /// The name of the input, as decoded.
        package let name: String
        /// The text or file.
        package let content: Content

        /// A field from its parts.
        package init(name: String, content: Content) {
            self.name = name
            self.content = content
        }
    }

    /// What a field holds.
    package enum Content: Sendable, Hashable {
        case text(String)
        case file(FormFile)
    }

    /// All fields in the order they were sent.
    package let fields: [Field]

    private let positions: [String: [Int]]

    /// A form from its fields.
    package init(_ fields: [Field]) {
        self.fields = fields
        positions = Dictionary(grouping: fields.indices) { fields[$0].name }
    }

    /// The names that occur, each once, in the order of their first field.
    package var names: [String] {
        fields.enumerated().compactMap { index, field in positions[field.name]?.first == index ? field.name : nil }
    }

    /// The first text of a name; nil when it has none.
    package subscript(name: String) -> String? { all(name).first }

    /// All texts of a name, as several ticked boxes send them.
    package func all(_ name: String) -> [String] {
        (positions[name] ?? []).compactMap { index in
            if case .text(let text) = fields[index].content { text } else { nil }
        }
    }

    /// The first file of a name; nil when none was chosen.
    package func file(_ name: String) -> FormFile? { files(name).first }

    /// All files of a name.
    package func files(_ name: String) -> [FormFile] {
        (positions[name] ?? []).compactMap { index in
            if case .file(let file) = fields[index].content { file } else { nil }
        }
    }
}

/// A file inside a form. Name and type are what the browser claims, not facts about the bytes.
package struct FormFile: Sendable, Hashable {
    /// The last component of the name, without folders; may be empty for a camera picture.
    package let filename: String

    /// The claimed media type, `application/octet-stream` when none was sent.
    package let contentType: String

    /// The content, a slice of the received body: copy it before keeping it longer than the request.
    package let bytes: ArraySlice<UInt8>

    /// A file from its parts.
    package init(filename: String, contentType: String, bytes: ArraySlice<UInt8>) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
    }
}
