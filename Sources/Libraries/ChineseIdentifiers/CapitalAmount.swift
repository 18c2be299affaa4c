/// A registered capital (注册资本) as a licence or register prints it.
///
/// Reads `人民币壹佰万元整`, `100万元`, `壹佰万圆`, `1,000,000.00元`, `3000.000000万人民币`. An amount in another currency
/// keeps its text and has no value in fen.
package struct CapitalAmount: Hashable, Sendable, CustomStringConvertible {
    /// The text as it was read, half-width and without spaces.
    package let text: String

    /// The amount in fen (1/100 yuan), nil for other currencies.
    package let fen: Int64?

    /// The ISO 4217 code, `CNY` when the text names none.
    package let currency: String

    /// Reads an amount of at most 64 characters.
    ///
    /// - Throws: `Fault` when no amount can be read from the text.
    package init(_ text: String) throws(Fault) {
        var symbols = try Self.symbols(of: text)
        self.text = String(String.UnicodeScalarView(symbols))
        let currency = CapitalCurrency.take(from: &symbols)
        self.currency = currency
        guard currency == "CNY" else {
            guard symbols.contains(where: { ChineseNumerals.digit($0) != nil || $0.properties.numericType == .decimal })
            else { throw .form }
            fen = nil
            return
        }
        var reader = CapitalReader(symbols: symbols)
        fen = try reader.readFen()
    }

    /// The text as it was read.
    package var description: String { text }

    /// An amount for tests and sample pages.
    package static let example = CapitalAmount(known: "人民币壹佰万元整", fen: 100_000_000)

    private init(known text: String, fen: Int64) {
        self.text = text
        self.fen = fen
        currency = "CNY"
    }

    private static func symbols(of text: String) throws(Fault) -> [Unicode.Scalar] {
        var symbols: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            symbols.append(isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
            if symbols.count > 64 { throw .form }
        }
        return symbols
    }
}

extension CapitalAmount {
    /// Why a text is not an amount.
    package enum Fault: String, IdentifierFault {
        case form = "capital.form"
        /// A part smaller than one fen.
        case precision = "capital.precision"
        /// More than an `Int64` of fen.
        case tooLarge = "capital.too_large"

        package var message: String {
            switch self {
            case .form: "无法识别金额"
            case .precision: "金额不能精确到分以下"
            case .tooLarge: "金额过大"
            }
        }

        package var hint: String {
            switch self {
            case .form: "请按“100万元”或“人民币壹佰万元整”填写"
            case .precision: "请检查小数点后的位数"
            case .tooLarge: "请检查单位是“元”还是“万元”"
            }
        }
    }
}
