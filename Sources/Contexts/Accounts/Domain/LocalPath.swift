/// An address within this site, to which a browser may be sent after it signed in.
///
/// Only what starts with a single slash is one: `//host`, `/\host` and anything with a blank, control character or
/// backslash would take the browser elsewhere (WHATWG URL, sections 4.4 and 4.5, drops tabs and line feeds).
struct LocalPath: Sendable, Equatable {
    let text: String

    private static let longest = 500

    init?(_ text: String?) {
        guard let text, text.utf8.count <= Self.longest, text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isPlain else { return nil }
        self.text = text
    }

    /// A path that stands in the source code.
    init(known text: StaticString) { self.text = text.description }
}
