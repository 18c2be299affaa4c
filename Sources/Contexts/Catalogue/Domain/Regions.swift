import ChineseReferenceData

/// Counties as people write them: 浙江省杭州市西湖区.
package enum Regions {
    /// The six digits of a county, from its code or its name; the province may be left out where the rest is clear.
    package static func code(of text: String) -> String? {
        let plain = String(text.filter { !$0.isWhitespace })
        if fullName(of: plain) != nil { return plain }
        if let code = names.exact[plain] { return code }
        guard plain.count >= 2 else { return nil }
        let meant = names.all.filter { $0.name.hasSuffix(plain) }
        return meant.count == 1 ? meant[0].code : nil
    }

    /// A county with its city and province; nil for a code that is no county's.
    package static func fullName(of code: String) -> String? {
        guard code.utf8.count == 6, let county = Divisions.division(code) else { return nil }
        let above = [code.prefix(2), code.prefix(4)].compactMap { Divisions.division(String($0)) }
        return (above + [county]).filter { !$0.isShelf }.map(\.name).joined()
    }

    /// Counties whose name holds a text, for suggestions while it is typed.
    package static func search(_ text: String, limit: Int = 12) -> [(code: String, name: String)] {
        let plain = String(text.filter { !$0.isWhitespace })
        guard !plain.isEmpty else { return [] }
        return Array(names.all.lazy.filter { $0.name.contains(plain) }.prefix(limit))
    }

    private static let names: (all: [(code: String, name: String)], exact: [String: String]) = {
        let counties = Divisions.provinces.flatMap { Divisions.children(of: $0.code) }
            .flatMap { Divisions.children(of: $0.code) }
        let all = counties.compactMap { county in fullName(of: county.code).map { (code: county.code, name: $0) } }
        return (all, Dictionary(all.map { ($0.name, $0.code) }, uniquingKeysWith: { first, _ in first }))
    }()
}
