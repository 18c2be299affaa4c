package import ChineseIdentifiers

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
