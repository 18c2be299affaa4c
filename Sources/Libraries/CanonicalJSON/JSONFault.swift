/// Why bytes are not an acceptable JSON text, and where.
package struct JSONFault: Error, Hashable, Sendable {
    /// The kinds of faults; raw values are stable codes.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case unexpectedByte = "json.unexpected_byte"
        case unexpectedEnd = "json.unexpected_end"
        case invalidUTF8 = "json.utf8"
        case loneSurrogate = "json.lone_surrogate"
        /// Two members of an object have the same key; the offset is the object's.
        case duplicateKey = "json.duplicate_key"
        /// The number is too large for a double.
        case numberRange = "json.number_range"
        case tooDeep = "json.too_deep"
        case tooLarge = "json.too_large"
    }

    /// What is wrong.
    package let reason: Reason

    /// Bytes before the offending place.
    package let offset: Int

    /// A fault that another reader of JSON texts has found.
    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// A stable name for programs.
    package var code: String { reason.rawValue }

    /// What is wrong, in Chinese.
    package var message: String {
        switch reason {
        case .unexpectedByte: "JSON 在第 \(offset + 1) 个字节处有不该出现的字符"
        case .unexpectedEnd: "JSON 不完整，在第 \(offset) 个字节后中断"
        case .invalidUTF8: "JSON 第 \(offset + 1) 个字节开始的字符串不是有效的 UTF-8"
        case .loneSurrogate: "JSON 在第 \(offset + 1) 个字节处有不成对的 Unicode 转义"
        case .duplicateKey: "JSON 第 \(offset + 1) 个字节开始的对象有重复的键"
        case .numberRange: "JSON 在第 \(offset + 1) 个字节处的数值过大，请改用字符串"
        case .tooDeep: "JSON 嵌套层数过多"
        case .tooLarge: "JSON 内容过大"
        }
    }
}
