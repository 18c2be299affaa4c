/// The names under which currencies appear in amounts of capital.
enum CapitalCurrency {
    /// Longer names come before the names they contain.
    private static let names: [(name: [Unicode.Scalar], code: String)] = [
        ("人民币", "CNY"), ("RMB", "CNY"), ("CNY", "CNY"), ("¥", "CNY"),
        ("美元", "USD"), ("美金", "USD"), ("USD", "USD"), ("US$", "USD"),
        ("港元", "HKD"), ("港币", "HKD"), ("HKD", "HKD"), ("HK$", "HKD"),
        ("澳门元", "MOP"), ("澳门币", "MOP"), ("MOP", "MOP"),
        ("新台币", "TWD"), ("台币", "TWD"), ("TWD", "TWD"),
        ("欧元", "EUR"), ("EUR", "EUR"), ("€", "EUR"),
        ("日元", "JPY"), ("日圆", "JPY"), ("JPY", "JPY"),
        ("英镑", "GBP"), ("GBP", "GBP"), ("£", "GBP"),
        ("澳大利亚元", "AUD"), ("澳元", "AUD"), ("AUD", "AUD"),
        ("加拿大元", "CAD"), ("加元", "CAD"), ("CAD", "CAD"),
        ("新加坡元", "SGD"), ("新元", "SGD"), ("SGD", "SGD"),
        ("瑞士法郎", "CHF"), ("CHF", "CHF"), ("韩元", "KRW"), ("韩圆", "KRW"), ("KRW", "KRW"),
    ].map { (Array($0.0.unicodeScalars), $0.1) }

    /// Removes the currency's name, with brackets around it, and returns its code; `CNY` when there is none.
    static func take(from symbols: inout [Unicode.Scalar]) -> String {
        let capitals = symbols.map { (0x61...0x7A).contains($0.value) ? Unicode.Scalar($0.value - 32) ?? $0 : $0 }
        for (name, code) in names {
            guard let found = capitals.firstRange(of: name) else { continue }
            symbols.removeSubrange(found)
            symbols.removeAll { "()（）".unicodeScalars.contains($0) }
            return code
        }
        return "CNY"
    }
}
