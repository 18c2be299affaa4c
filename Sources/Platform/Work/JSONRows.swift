import Database

/// Rows handed to a statement as one bound value, a JSON array of arrays: the text of the statement is the same for any
/// number of rows, and one statement does what many would.
///
/// In a FROM clause it goes by the name `j`; its columns are `j.value->>0` and so on, as text.
struct JSONRows {
    private var bytes: [UInt8] = [UInt8(ascii: "[")]
    private(set) var count = 0

    /// Adds a row of texts, followed by whole numbers.
    mutating func add(_ texts: String..., numbers: Int64...) {
        bytes.append(UInt8(ascii: count == 0 ? "[" : ","))
        if count > 0 { bytes.append(UInt8(ascii: "[")) }
        var isFirst = true
        for text in texts {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            append(text)
            isFirst = false
        }
        for number in numbers {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: String(number).utf8)
            isFirst = false
        }
        bytes.append(UInt8(ascii: "]"))
        count += 1
    }

    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: (digits.utf8.count < 2 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: digits.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The rows as a source for FROM.
    var source: SQL {
        let text = String(decoding: bytes, as: UTF8.self) + "]"
        return """
            \(sqlite: "json_each(", postgres: "json_array_elements(CAST(")\(text)\(sqlite: ") AS j", postgres: " AS json)) AS j(value)")
            """
    }
}
