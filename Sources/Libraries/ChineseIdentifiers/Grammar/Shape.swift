/// How a number is written: its parts in order.
typealias Shape = [ShapePart]

/// One part of a number.
enum ShapePart: Sendable {
    /// Characters that must stand here. They are compared folded and kept as they are written in the grammar.
    case text(String)
    /// Characters that may be missing in what is typed and always stand in the normal form.
    case implied(String)
    /// Characters that may be typed and never stand in the normal form.
    case ignored(String)
    /// So many characters of one kind.
    case some(CharacterKind, ClosedRange<Int>)
    /// One of these characters.
    case oneOf(String)
    /// Four digits from 1949 to 2099.
    case year
    /// Parts that may be missing.
    case optional(Shape)
    /// One of several spellings.
    case choice([Shape])
}

extension ShapePart {
    static func digits(_ count: Int) -> ShapePart { .some(.digit, count...count) }

    static func digits(_ range: ClosedRange<Int>) -> ShapePart { .some(.digit, range) }

    static func letters(_ range: ClosedRange<Int>) -> ShapePart { .some(.letter, range) }

    static func alphanumerics(_ range: ClosedRange<Int>) -> ShapePart { .some(.alphanumeric, range) }

    static func han(_ range: ClosedRange<Int>) -> ShapePart { .some(.han, range) }

    /// The one-character name of a mainland province.
    static let province = ShapePart.some(.province, 1...1)

    /// Whether hyphens mean something here.
    var hasHyphen: Bool {
        switch self {
        case .text(let text), .implied(let text), .ignored(let text), .oneOf(let text): text.contains("-")
        case .some(let kind, _): kind.contains("-")
        case .year: false
        case .optional(let parts): parts.contains(where: \.hasHyphen)
        case .choice(let shapes): shapes.joined().contains(where: \.hasHyphen)
        }
    }
}

/// Kinds of characters that numbers are made of.
enum CharacterKind: Sendable {
    case digit
    case letter
    case alphanumeric
    case han
    case province
    /// Letters without I and O, which look like digits.
    case clearLetter
    /// Digits and letters without I and O.
    case clearAlphanumeric
    /// Letters, digits, Chinese characters, hyphens, slashes, dots and brackets.
    case anything
    /// The same without 第 and 号, which enclose a serial number.
    case serial
    /// Letters, digits, hyphens, slashes and dots.
    case registration

    /// The Chinese word for the kind.
    var words: String {
        switch self {
        case .digit: "数字"
        case .letter: "字母"
        case .clearLetter: "字母（不含 I、O）"
        case .clearAlphanumeric: "数字或字母（不含 I、O）"
        case .alphanumeric: "字母或数字"
        case .han: "汉字"
        case .province: "省、自治区、直辖市的简称（如 浙）"
        case .anything, .serial: "字母、数字或汉字"
        case .registration: "字母或数字"
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .digit: ("0"..."9").contains(scalar)
        case .letter: ("A"..."Z").contains(scalar)
        case .clearLetter: CharacterKind.letter.contains(scalar) && scalar != "I" && scalar != "O"
        case .clearAlphanumeric:
            CharacterKind.digit.contains(scalar) || CharacterKind.clearLetter.contains(scalar)
        case .alphanumeric: CharacterKind.digit.contains(scalar) || CharacterKind.letter.contains(scalar)
        case .han: ("\u{4E00}"..."\u{9FFF}").contains(scalar)
        case .province: Self.provinces.contains(scalar)
        case .anything:
            CharacterKind.alphanumeric.contains(scalar) || CharacterKind.han.contains(scalar)
                || Self.marks.contains(scalar)
        case .serial: CharacterKind.anything.contains(scalar) && scalar != "第" && scalar != "号"
        case .registration: CharacterKind.alphanumeric.contains(scalar) || ["-", "/", "."].contains(scalar)
        }
    }

    private static let provinces = Set("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁新".unicodeScalars)
    private static let marks = Set("-/.()".unicodeScalars)
}
