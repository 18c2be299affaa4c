/// The address of one place in a JSON text, such as `/owners/0/name` (RFC 6901).
package struct JSONPointer: Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
    /// The unescaped reference tokens; none for the whole text.
    package let tokens: [String]

    /// The whole text.
    package static let root = JSONPointer(tokens: [])

    /// An address from unescaped tokens.
    package init(tokens: [String]) { self.tokens = tokens }

    /// An address from unescaped tokens, such as `["owners", "0"]`.
    package init(arrayLiteral tokens: String...) { self.tokens = tokens }

    /// Reads the string form: empty, or tokens that each follow a `/`, with `~0` for `~` and `~1` for `/`.
    ///
    /// - Throws: `Fault.syntax` when the text neither is empty nor starts with `/`, or a `~` stands alone.
    package init(_ text: String) throws(Fault) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = parts.first, first.isEmpty else { throw .syntax }
        var tokens: [String] = []
        tokens.reserveCapacity(parts.count - 1)
        for part in parts.dropFirst() { tokens.append(try Self.unescape(part)) }
        self.tokens = tokens
    }

    /// The string form.
    package var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
                case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The address one level down.
    package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }

    /// The address of an element one level down.
    package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    /// The address one level up; nil at the root.
    package var parent: JSONPointer? { tokens.isEmpty ? nil : JSONPointer(tokens: tokens.dropLast()) }

    private static func unescape(_ part: Substring.UTF8View) throws(Fault) -> String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in part {
            switch (isEscaped, byte) {
            case (true, UInt8(ascii: "0")): bytes.append(UInt8(ascii: "~"))
            case (true, UInt8(ascii: "1")): bytes.append(UInt8(ascii: "/"))
            case (true, _): throw .syntax
            case (false, UInt8(ascii: "~")): break
            case (false, _): bytes.append(byte)
            }
            isEscaped = !isEscaped && byte == UInt8(ascii: "~")
        }
        guard !isEscaped else { throw .syntax }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer {
    /// Why an address can't be read or followed.
    package enum Fault: String, Error, Hashable, Sendable {
        case syntax = "json_pointer.syntax"
        /// The place, or a place on the way to it, does not exist.
        case absent = "json_pointer.absent"
        /// An element was asked for with something other than `0`, `1`, … or, when setting, `-`.
        case index = "json_pointer.index"

        /// A stable name for programs.
        package var code: String { rawValue }

        /// What is wrong, in Chinese.
        package var message: String {
            switch self {
            case .syntax: "字段路径的格式不正确"
            case .absent: "字段路径指向的位置不存在"
            case .index: "字段路径中的序号不正确"
            }
        }
    }
}
