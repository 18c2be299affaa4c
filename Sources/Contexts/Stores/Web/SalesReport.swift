import CanonicalJSON
import Kernel

/// What the mall's order system sends: `{"sales": [{"order", "amount", "refunded"?, "paid_at"}]}`, amounts in fen.
struct SalesReport: Sendable {
    let sales: [Sale]

    static let most = 500
    /// As many as somebody may want to read.
    private static let mostFindings = 100

    /// - Throws: `Problem` with all that is wrong, each finding with its row and member.
    init(_ body: JSONValue, at now: Instant) throws(Problem) {
        guard let rows = body["sales"]?.array, body.object?.count == 1, (1...Self.most).contains(rows.count) else {
            throw Problem(
                .unprocessable, code: "sales.count", title: "一次要报 1 到 \(Self.most) 笔订单",
                hint: "请写成 {\"sales\": [{\"order\", \"amount\", \"refunded\", \"paid_at\"}, …]}，多的分几次报")
        }
        var findings: [Finding] = []
        var sales: [Sale] = []
        for (index, row) in rows.enumerated() {
            var reader = SaleReader(row: row, index: index)
            if let sale = reader.sale(at: now) { sales.append(sale) }
            findings += reader.findings
        }
        guard findings.isEmpty else {
            throw Problem(
                .unprocessable, code: "sales.invalid", title: "有订单写得不对，这一批都没有记录", hint: "请按 errors 逐笔改好再报",
                findings: Array(findings.prefix(Self.mostFindings)))
        }
        self.sales = sales
    }

    /// A finding about a member of a row, or about the row as a whole.
    static func finding(_ code: String, _ message: String, row: Int, member: String? = nil) -> Finding {
        Finding(
            path: "/sales/\(row)" + (member.map { "/" + $0 } ?? ""), code: code,
            message: "第 \(row + 1) 笔" + (member.map { "的 \($0) " } ?? "") + message)
    }
}

/// Reads one row, and notes everything that is wrong with it.
private struct SaleReader {
    let row: JSONValue
    let index: Int
    private(set) var findings: [Finding] = []

    /// The largest whole number that every JSON reader takes exactly (RFC 7493).
    private static let most: Int64 = 1 << 53 - 1
    private static let members: Set = ["order", "amount", "refunded", "paid_at"]

    init(row: JSONValue, index: Int) {
        self.row = row
        self.index = index
    }

    mutating func sale(at now: Instant) -> Sale? {
        guard let object = row.object else {
            note("sales.row_shape", "应是一个对象，有 order、amount、paid_at")
            return nil
        }
        if object.contains(where: { !Self.members.contains($0.key) }) {
            note("sales.member_unknown", "只能有 order、amount、refunded、paid_at")
        }
        let order = order()
        let amount = fen("amount", "sales.amount_shape")
        let refunded = row["refunded"].map { $0.isNull } ?? true ? 0 : fen("refunded", "sales.refunded_shape")
        if let amount, let refunded, refunded > amount {
            note("sales.refunded_above_amount", "不能比 amount 大：这里写累计退了多少", "refunded")
        }
        let paidAt = paidAt(now)
        guard findings.isEmpty, let order, let amount, let refunded, let paidAt else { return nil }
        return Sale(order: order, amount: Money(fen: amount), refunded: Money(fen: refunded), paidAt: paidAt)
    }

    private mutating func order() -> String? {
        if let text = row["order"]?.string, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            return text
        }
        note("sales.order_shape", "应是 1 到 64 个字母、数字或符号，不带空格", "order")
        return nil
    }

    private mutating func fen(_ member: String, _ code: String) -> Int64? {
        if let fen = row[member]?.integer, (0...Self.most).contains(fen) { return fen }
        note(code, "应是不小于 0 的整数，单位是分：1 元写 100", member)
        return nil
    }

    private mutating func paidAt(_ now: Instant) -> Instant? {
        guard let moment = row["paid_at"]?.string.flatMap(Instant.init(internetTime:)) else {
            note("sales.paid_at_shape", "应是带时区的时间，如 2026-03-01T16:00:00+08:00", "paid_at")
            return nil
        }
        // Two machines' clocks differ a little.
        guard moment <= now + .seconds(300) else {
            note("sales.paid_at_future", "还没有到：请检查时钟和时区", "paid_at")
            return nil
        }
        return moment
    }

    private mutating func note(_ code: String, _ message: String, _ member: String? = nil) {
        findings.append(SalesReport.finding(code, message, row: index, member: member))
    }
}
