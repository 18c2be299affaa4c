/// A character that stands where another one belongs, put into words.
struct WrongCharacter {
    /// One-based, counted without spaces.
    let position: Int
    /// What belongs there, such as 数字.
    let expected: String
    let found: Unicode.Scalar

    /// Such as 第 3 位应为数字，现在是字母 O；是不是数字 0.
    var message: String {
        let said = "第 \(position) 位应为\(expected.spacedBefore)，现在是\(Self.words(for: found))"
        guard let meant = Self.meant(by: found, expecting: expected) else { return said }
        return said + "；是不是\(Self.words(for: meant))"
    }

    private static func words(for scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "0"..."9": "数字 \(scalar)"
        case "A"..."Z": "字母 \(scalar)"
        case "-": "连字符"
        case "\u{4E00}"..."\u{9FFF}": "汉字“\(scalar)”"
        default: "别的字符"
        }
    }

    /// The character that people and recognisers mix up with the one that was found.
    private static func meant(by found: Unicode.Scalar, expecting expected: String) -> Unicode.Scalar? {
        if expected.hasPrefix("数字") { return digits[found] }
        return expected.hasPrefix("字母") ? letters[found] : nil
    }

    private static let digits: [Unicode.Scalar: Unicode.Scalar] = [
        "O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8",
    ]

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = ["0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"]
}
