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
