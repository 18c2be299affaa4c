/// The number of a food operation permit (食品经营许可证, `JY`) or of the filing for selling only prepackaged
/// food (仅销售预包装食品备案, `YB`): two letters and 14 digits with an ISO 7064 MOD 11,10 check digit.
///
/// Digits of both: 1 kind of business, 2–7 division, 8–13 serial, 14 check digit. The division is not checked,
/// because some cities print codes of their own.
package struct FoodOperationPermit: ParsedIdentifier {
    package let plain: String

    /// Reads what a person typed.
    ///
    /// - Throws: `Fault` with the first rule that is broken.
    package init(_ text: String) throws(Fault) {
        let bytes = NormalText(text).bytes
        let isPermit = bytes.starts(with: "JY".utf8)
        guard isPermit || bytes.starts(with: "YB".utf8) else { throw .prefix }
        guard bytes.count == 16 else { throw .length }
        if let wrong = bytes.dropFirst(2).firstIndex(where: { !$0.isDigit }) { throw .character(position: wrong + 1) }
        if isPermit, !(1...3).contains(bytes[2].digit) { throw .business }
        guard CheckDigits.satisfiesMod11And10(bytes.dropFirst(2)) else { throw .checkDigit }
        plain = bytes.ascii
    }

    package var masked: String { coverMiddle(of: plain) }

    /// Permit or filing. A filing has no end of validity.
    package var kind: Kind { plain.utf8.starts(with: "JY".utf8) ? .permit : .prepackagedFiling }

    /// The kind of business a permit names; nil for a filing.
    package var business: Business? {
        kind == .permit ? Business(rawValue: plain.utf8.dropFirst(2).prefix(1).number) : nil
    }

    /// The six division digits.
    package var divisionCode: String { plain.utf8.dropFirst(3).prefix(6).ascii }

    package static let example = FoodOperationPermit(known: "JY13301060999991")

    /// A filing for tests and sample pages.
    package static let filingExample = FoodOperationPermit(known: "YB13301060999991")

    private init(known plain: String) { self.plain = plain }
}

extension FoodOperationPermit {
    /// The two documents; raw values are the leading letters.
    package enum Kind: String, Hashable, Sendable {
        case permit = "JY"
        case prepackagedFiling = "YB"

        /// The Chinese name of the document.
        package var name: String {
            switch self {
            case .permit: "食品经营许可证"
            case .prepackagedFiling: "仅销售预包装食品备案"
            }
        }
    }

    /// Kinds of food business; raw values are the third character.
    package enum Business: Int, Hashable, Sendable {
        case sale = 1
        case catering = 2
        case canteen = 3

        /// The Chinese name of the business.
        package var name: String {
            switch self {
            case .sale: "食品销售"
            case .catering: "餐饮服务"
            case .canteen: "单位食堂"
            }
        }
    }

    /// Why a text is not such a number. Positions count from 1 and include the letters.
    package enum Fault: IdentifierFault {
        case prefix
        case length
        case character(position: Int)
        case business
        case checkDigit

        package var code: String {
            switch self {
            case .prefix: "food_operation.prefix"
            case .length: "food_operation.length"
            case .character: "food_operation.character"
            case .business: "food_operation.business"
            case .checkDigit: "food_operation.check_digit"
            }
        }

        package var wrongPosition: Int? {
            guard case .character(let position) = self else { return nil }
            return position
        }

        package var message: String {
            switch self {
            case .prefix: "食品经营许可证编号应以 JY 开头，备案编号应以 YB 开头"
            case .length: "编号应为 2 个字母加 14 位数字"
            case .character(let position): "编号第 \(position) 位应为数字"
            case .business: "许可证编号第 3 位应为 1、2 或 3"
            case .checkDigit: "编号校验不通过，可能有一位填错"
            }
        }

        package var hint: String {
            switch self {
            case .prefix: "请填写证上“许可证编号”或“备案编号”一栏；生产许可证（SC）请在生产许可一栏填写"
            case .length: "请检查有没有漏填或多填"
            case .character(let position): "请核对第 \(position) 位，例如把字母 O 改为数字 0"
            case .business: "1 为食品销售，2 为餐饮服务，3 为单位食堂，请核对第 3 位"
            case .checkDigit: "请对照许可证逐位核对全部 14 位数字"
            }
        }
    }
}
