/// Writes HTML that can't be broken by what people typed: text and attribute values are always escaped.
///
/// For the dynamic forms, where templates would cost a hundred times as much.
package struct HTMLWriter {
    private var bytes: [UInt8] = []

    package init() { bytes.reserveCapacity(8_192) }

    /// What was written.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Markup from the source code, as it stands.
    package mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Markup that a template made.
    package mutating func markup(_ rendered: RenderedMarkup) { bytes.append(contentsOf: rendered.text.utf8) }

    /// Text, escaped.
    package mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case UInt8(ascii: "'"): raw("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    /// ` name="value"`, escaped; nothing if there is no value.
    package mutating func attribute(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        raw(" ")
        raw(name)
        raw("=\"")
        text(value)
        raw("\"")
    }

    /// ` name`, if it holds.
    package mutating func flag(_ name: StaticString, _ holds: Bool) {
        guard holds else { return }
        raw(" ")
        raw(name)
    }
}
