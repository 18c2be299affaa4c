package import ChineseIdentifiers

/// The banks of China by name, abbreviation and line number.
package enum Banks {
    /// All banks, those that clear for the whole country first.
    package static let all: [Bank] = {
        let table = SortedTable(.banks)
        let banks = (0..<table.count).map { index in
            let fields = table.fields(at: index) + ["", ""]
            return Bank(
                name: fields[0], abbreviation: fields[1].isEmpty ? nil : fields[1],
                headOffice: fields[2].isEmpty ? nil : fields[2])
        }
        return banks.sorted { ($0.headOffice ?? "9", $0.name) < ($1.headOffice ?? "9", $1.name) }
    }()

    private static let byAbbreviation = Dictionary(
        all.compactMap { bank in bank.abbreviation.map { ($0, bank) } }, uniquingKeysWith: { first, _ in first })

    private static let index = PinyinIndex(all) { bank in
        [bank.name, withoutCountry(bank.name)].compactMap { $0 }
    }

    /// 工商银行 for 中国工商银行; nil for 中国银行, of which too little would be left.
    private static func withoutCountry(_ name: String) -> String? {
        name.hasPrefix("中国") && name.count > 4 ? String(name.dropFirst(2)) : nil
    }

    /// Finds banks by part of the name, pinyin, initials, the usual short name such as 招行, or the abbreviation.
    package static func search(_ text: String, limit: Int = 20) -> [Bank] {
        let letters = String(String.UnicodeScalarView(Pinyin.fold(text))).uppercased()
        let named = bank(abbreviation: letters)
        let found = index.search(text, limit: limit).filter { $0 != named }
        return Array(((named.map { [$0] } ?? []) + found).prefix(max(0, limit)))
    }

    /// The bank with an abbreviation, such as `CMB`.
    package static func bank(abbreviation: String) -> Bank? { byAbbreviation[abbreviation] }
}

/// The banks that issue cards, by the first digits (ISO/IEC 7812-1 issuer identification numbers).
package enum BankCards {
    private static let table = SortedTable(.cards)

    /// Who issued a card, by the longest known beginning of its number; nil when it is unknown.
    package static func bank(of number: BankCardNumber) -> CardIssuer? {
        issuer(of: Array(number.plain.utf8), length: number.plain.utf8.count)
    }

    /// Who issues cards with these first digits, while the number is still being typed.
    package static func bank(ofFirst digits: String) -> CardIssuer? { issuer(of: Array(digits.utf8), length: nil) }

    /// Rows for the length of the number are preferred to those for other lengths.
    private static func issuer(of digits: [UInt8], length: Int?) -> CardIssuer? {
        for count in stride(from: min(10, digits.count), through: 3, by: -1) {
            let key = digits.prefix(count)
            guard var index = table.index(of: key) else { continue }
            var found: CardIssuer?
            while index < table.count, table.key(at: index).elementsEqual(key) {
                let row = issuer(table.fields(at: index))
                if row?.length == length { return row }
                found = found ?? row
                index += 1
            }
            // Beginnings of three and four digits are too short to stand for cards of another length.
            if count >= 5 || length == nil { return found }
        }
        return nil
    }

    private static func issuer(_ fields: [String]) -> CardIssuer? {
        guard fields.count == 4, let length = Int(fields[1]), let kind = CardIssuer.Kind(rawValue: fields[3]) else {
            return nil
        }
        let bank = Banks.bank(abbreviation: fields[2])?.name ?? fields[2]
        return CardIssuer(abbreviation: fields[2], bank: bank, kind: kind, length: length)
    }
}
