/// Reads an amount of yuan in Arabic or Chinese figures with Chinese units.
///
/// Sums are kept in units of 10⁻⁸ yuan, so that `0.000001万元` is exact.
struct CapitalReader {
    private let symbols: [Unicode.Scalar]
    private var offset = 0

    /// One yuan.
    private static let one: Int128 = 100_000_000

    /// The unit 亿.
    private static let hundredMillion: Int128 = 100_000_000

    init(symbols: [Unicode.Scalar]) { self.symbols = symbols }

    private var current: Unicode.Scalar? { offset < symbols.count ? symbols[offset] : nil }

    /// - Returns: The whole amount in fen.
    mutating func readFen() throws(CapitalAmount.Fault) -> Int64 {
        var sum = try readYuan()
        if skip(["元", "圆", "圓", "块"]) {
            var smallest = Self.one
            while let symbol = current, let digit = ChineseNumerals.digit(symbol) {
                offset += 1
                // 零 bridges a missing place: 元零伍分.
                if digit == 0, current.flatMap(ChineseNumerals.digit) != nil { continue }
                let unit = try readFraction()
                guard unit < smallest else { throw .form }
                smallest = unit
                sum += Int128(digit) * unit
            }
        }
        _ = skip(["整", "正"])
        guard current == nil else { throw .form }
        guard sum % (Self.one / 100) == 0 else { throw .precision }
        guard let fen = Int64(exactly: sum / (Self.one / 100)) else { throw .tooLarge }
        return fen
    }

    private mutating func readFraction() throws(CapitalAmount.Fault) -> Int128 {
        if skip(["角", "毛"]) { return Self.one / 10 }
        if skip(["分"]) { return Self.one / 100 }
        throw .form
    }

    private mutating func skip(_ choices: [Unicode.Scalar]) -> Bool {
        guard let symbol = current, choices.contains(symbol) else { return false }
        offset += 1
        return true
    }

    /// Everything before 元: groups of up to four places that 万 and 亿 close.
    private mutating func readYuan() throws(CapitalAmount.Fault) -> Int128 {
        var total: Int128 = 0
        var smallestGroup = Int128.max
        var isEmpty = true
        while let group = try readGroup() {
            isEmpty = false
            guard let symbol = current, let unit = ChineseNumerals.groupUnit(symbol) else {
                return try add(group, to: total)
            }
            offset += 1
            guard unit < smallestGroup else { throw .form }
            var value = try multiply(group, unit)
            // 万亿: the second unit multiplies the first.
            if unit == 10_000, let next = current, ChineseNumerals.groupUnit(next) == Self.hundredMillion {
                offset += 1
                value = try multiply(value, Self.hundredMillion)
                guard smallestGroup == .max else { throw .form }
                smallestGroup = Self.hundredMillion
            } else {
                smallestGroup = unit
            }
            total = try add(value, to: total)
        }
        guard !isEmpty else { throw .form }
        return total
    }

    /// One group such as 壹仟零贰拾, 1,234.5 or 3百; nil when the symbols are no figures.
    private mutating func readGroup() throws(CapitalAmount.Fault) -> Int128? {
        var group: Int128 = 0
        var lastUnit: Int128 = 10_000
        var isBridged = false
        let start = offset
        while let symbol = current {
            if ChineseNumerals.digit(symbol) == 0 {
                isBridged = true
                offset += 1
                continue
            }
            guard let figure = try readFigure(at: start) else { break }
            if let unit = current.flatMap(ChineseNumerals.smallUnit) {
                offset += 1
                guard unit < lastUnit else { throw .form }
                lastUnit = unit
                group = try add(multiply(figure, unit), to: group)
                isBridged = false
            } else {
                // 二百五 is 250 in speech and 205 nowhere: without a 零 the place is unclear.
                guard lastUnit == 10 || lastUnit == 10_000 || isBridged else { throw .form }
                group = try add(figure, to: group)
                break
            }
        }
        return offset == start ? nil : group
    }

    /// One digit, an Arabic number, or the silent one before 十 at the start of a group.
    private mutating func readFigure(at groupStart: Int) throws(CapitalAmount.Fault) -> Int128? {
        guard let symbol = current else { return nil }
        if let digit = ChineseNumerals.digit(symbol) {
            offset += 1
            return Int128(digit) * Self.one
        }
        if ChineseNumerals.smallUnit(symbol) == 10, offset == groupStart { return Self.one }
        return try readArabic()
    }

    /// Digits with optional thousands commas and decimals; nil when there is no digit.
    private mutating func readArabic() throws(CapitalAmount.Fault) -> Int128? {
        var value: Int128 = 0
        var place: Int128 = 0
        let start = offset
        while let symbol = current {
            switch symbol {
            case "0"..."9":
                let digit = Int128(symbol.value - 0x30)
                if place == 0 {
                    value = try add(digit * Self.one, to: multiply(value, 10))
                } else {
                    place /= 10
                    guard place > 0 || digit == 0 else { throw .precision }
                    value = try add(digit * place, to: value)
                    if place == 0 { place = 1 }
                }
            case "," where place == 0 && offset > start && isGroupOfThree(after: offset): break
            case "." where place == 0 && offset > start: place = Self.one
            default: return offset == start ? nil : value
            }
            offset += 1
        }
        return offset == start ? nil : value
    }

    /// Whether exactly three digits follow a thousands comma.
    private func isGroupOfThree(after comma: Int) -> Bool {
        symbols[(comma + 1)...].prefix { ("0"..."9").contains($0) }.count == 3
    }

    private func add(_ value: Int128, to total: Int128) throws(CapitalAmount.Fault) -> Int128 {
        let (sum, overflow) = total.addingReportingOverflow(value)
        if overflow { throw .tooLarge }
        return sum
    }

    private func multiply(_ value: Int128, _ factor: Int128) throws(CapitalAmount.Fault) -> Int128 {
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        if overflow { throw .tooLarge }
        return product
    }
}
