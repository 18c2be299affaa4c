/// The number of a food production permit (食品生产许可证): `SC` and 14 digits with an ISO 7064 MOD 11,10 check
/// digit.
///
/// Digits: 1 food or additive, 2–3 class, 4–9 division, 10–13 serial, 14 check digit.
package struct FoodProductionPermit: ParsedIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        let bytes = NormalText(text).bytes
        if bytes.starts(with: "QS".utf8) { throw .obsolete }
        guard bytes.starts(with: "SC".utf8) else { throw .prefix }
        guard bytes.count == 16 else { throw .length }
        if let wrong = bytes.dropFirst(2).firstIndex(where: { !$0.isDigit }) { throw .character(position: wrong + 1) }
        guard (1...2).contains(bytes[2].digit) else { throw .product }
        guard CheckDigits.satisfiesMod11And10(bytes.dropFirst(2)) else { throw .checkDigit }
        plain = bytes.ascii
    }

    package var masked: String { coverMiddle(of: plain) }

    /// Whether food additives are produced rather than food.
    package var isAdditive: Bool { plain.utf8.dropFirst(2).first == UInt8(ascii: "2") }

    /// The two digits of the food class, such as 01 for grain products.
    package var classCode: String { plain.utf8.dropFirst(3).prefix(2).ascii }

    /// The six division digits.
    package var divisionCode: String { plain.utf8.dropFirst(5).prefix(6).ascii }

    package static let example = FoodProductionPermit(known: "SC10133010699999")

    private init(known plain: String) { self.plain = plain }
}

extension FoodProductionPermit {
    /// Why a text is not such a number. Positions count from 1 and include the letters.
    package enum Fault: IdentifierFault {
        case prefix
        /// A QS number, which stood on packages until 2018.
        case obsolete
        case length
        case character(position: Int)
        case product
        case checkDigit

        package var code: String {
            switch self {
            case .prefix: "food_production.prefix"
            case .obsolete: "food_production.obsolete"
            case .length: "food_production.length"
            case .character: "food_production.character"
            case .product: "food_production.product"
            case .checkDigit: "food_production.check_digit"
            }
        }

        package var wrongPosition: Int? {
            guard case .character(let position) = self else { return nil }
            return position
        }

        package var message: String {
            switch self {
            case .prefix: "食品生产许可证编号应以 SC 开头"
            case .obsolete: "QS 开头的旧编号已停止使用"
            case .length: "编号应为 SC 加 14 位数字"
            case .character(let position): "编号第 \(position) 位应为数字"
            case .product: "编号第 3 位应为 1（食品）或 2（食品添加剂）"
            case .checkDigit: "编号校验不通过，可能有一位填错"
            }
        }

        package var hint: String {
            switch self {
            case .prefix: "请填写生产许可证上的编号；经营许可证（JY）请在经营许可一栏填写"
            case .obsolete: "请填写换发后的 SC 编号"
            case .length: "请检查有没有漏填或多填"
            case .character(let position): "请核对第 \(position) 位，例如把字母 O 改为数字 0"
            case .product: "请核对第 3 位"
            case .checkDigit: "请对照许可证逐位核对全部 14 位数字"
            }
        }
    }
}
