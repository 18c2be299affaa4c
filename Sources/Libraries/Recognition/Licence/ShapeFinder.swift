/// Finds values whose labels went unread by what they look like: a date, an amount, an address. What is found this way
/// is a guess for a person to confirm, never more.
struct ShapeFinder {
    /// Runs that no label claimed, as pieces of rows.
    private let rows: [[Run]]

    /// - Parameters:
    ///   - runs: all runs, without the labels' own glyphs.
    ///   - claimed: the runs that belong to labelled values.
    init(runs: [Run], claimed: [Run]) {
        let taken = Set(claimed.flatMap(\.glyphs).map(Self.key))
        let free = runs.filter { run in !run.glyphs.contains { taken.contains(Self.key($0)) } }
        var rows: [[Run]] = []
        for run in free.sorted(by: { ($0.v, $0.start) < ($1.v, $1.start) }) {
            let neighbour = rows.firstIndex { row in
                guard let last = row.last else { return false }
                return run.isOnRow(of: last) && (-0.5...2.5).contains((run.start - last.end) / run.em)
            }
            if let neighbour { rows[neighbour].append(run) } else { rows.append([run]) }
        }
        self.rows = rows
    }

    /// The row that looks most like a value of this kind, and the rows that continue it.
    func value(of field: LicenceField) -> [[Run]]? {
        let fitting = rows.filter { Self.looksRight(Self.text(of: $0), field) }
        // A licence begins with what it is about; the date of its issue stands at its foot.
        guard let first = fitting.min(by: { ($0.first?.v ?? 0) < ($1.first?.v ?? 0) }) else { return nil }
        return field == .address ? [first] + continuation(of: first) : [first]
    }

    private func continuation(of row: [Run]) -> [[Run]] {
        guard let begin = row.first, let end = row.last?.end else { return [] }
        let next = rows.first { other in
            guard let first = other.first, let last = other.last else { return false }
            let drop = (first.v - begin.v) / begin.em
            return (0.7...2.2).contains(drop) && abs(first.start - begin.start) < begin.em && last.end < end + begin.em
        }
        return next.map { [$0] } ?? []
    }

    private static func key(_ glyph: PlacedGlyph) -> [Double] { [Double(glyph.line), glyph.u] }

    private static func text(of row: [Run]) -> String { row.map(\.text).joined() }

    private static let forms = ["有限责任公司", "股份有限公司", "其他有限", "个体工商户", "个人独资", "合伙企业", "农民专业合作"]
    private static let bodies = ["公司", "商行", "经营部", "商店", "工厂", "中心", "合作社", "工作室"]
    private static let amountSigns = Set("人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆整美港欧0123456789,.，．")

    static func looksRight(_ text: String, _ field: LicenceField) -> Bool {
        switch field {
        case .established:
            return FieldQuality.isDate(text)
        case .capital:
            let isAmount = text.contains("元") || text.contains("万")
            return isAmount && text.count >= 3 && text.allSatisfy(amountSigns.contains)
        case .type:
            return forms.contains { text.hasPrefix($0) } && text.count <= 40
        case .name:
            let isForm = forms.contains { text.hasPrefix($0) }
            return !isForm && (6...40).contains(text.count) && bodies.contains { text.hasSuffix($0) }
        case .address:
            let hasPlace = text.contains { "省市区县".contains($0) }
            return hasPlace && text.count >= 8 && text.contains { "路街道巷村号幢室".contains($0) }
                && text.contains(where: \.isNumber)
        case .creditCode, .legalRepresentative, .scope, .term:
            return false
        }
    }
}
