import Accounts
import Database
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import TestSupport
import Testing

@testable import Stores
@testable import Web

@Suite("What the order system reports, and what is shown of it")
struct SalesRoutesTests {
    private static func row(
        order: String = #""1""#, amount: String = "100", refunded: String = "0",
        paidAt: String = #""2026-03-01T15:00:00+08:00""#
    ) -> String {
        #"{"order": \#(order), "amount": \#(amount), "refunded": \#(refunded), "paid_at": \#(paidAt)}"#
    }

    private static func body(_ rows: String...) -> String { #"{"sales": [\#(rows.joined(separator: ", "))]}"# }

    /// Reports one order of so many fen.
    private static func sale(_ fen: Int64) -> String { body(row(amount: "\(fen)")) }

    @Test("A report is counted once, and the owner and operators may ask what it comes to")
    func report() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.serve { client in
            for answer in [#"{"new":1,"repeated":0,"updated":0}"#, #"{"new":0,"repeated":1,"updated":0}"#] {
                let response = try await client.post(Self.sale(8_300_000), to: "/api/shops/\(shop)/sales")
                #expect(response.status == .ok)
                #expect(response.text == answer)
            }
            for session in ["operator", ID<Person>.owner.text] {
                let response = try await client.get("/api/shops/\(shop)/turnover", session: session)
                #expect(response.text == #"{"level":"near","limit":10000000,"sum":8300000,"year":2026}"#)
            }
        }
    }

    @Test("A registered company's shop has no limit")
    func company() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop("天翼鲜果铺子", as: "enterprise")
        try await bench.serve { client in
            let report = try await client.post(Self.sale(99_000_000_000), to: "/api/shops/\(shop)/sales")
            #expect(report.status == .ok)
            let response = try await client.get("/api/shops/\(shop)/turnover", session: "operator")
            #expect(response.text == #"{"level":null,"limit":null,"sum":99000000000,"year":2026}"#)
            let page = try await client.get("/shops/\(shop)", session: ID<Person>.owner.text, accept: "text/html")
            #expect(page.text.contains("你的店开张了") && !page.text.contains("今年已卖"))
        }
        #expect(try await bench.told() == [])
    }

    @Test("Only operators report, and strangers learn nothing")
    func access() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.serve { client in
            let path = "/api/shops/\(shop)"
            #expect(try await client.post(Self.sale(1), to: path + "/sales", session: nil).status == .unauthorized)
            let owner = try await client.post(Self.sale(1), to: path + "/sales", session: ID<Person>.owner.text)
            #expect(owner.status == .forbidden)
            #expect(try await client.get(path + "/turnover", session: nil).status == .unauthorized)
            #expect(try await client.get(path + "/turnover", session: ID<Person>.stranger.text).status == .notFound)
            #expect(try await client.get("/operations/turnover", session: nil).status == .unauthorized)
            #expect(try await client.get("/operations/turnover", session: "x").status == .forbidden)
            for unknown in ["nothing", "0000000000000000000000000z"] {
                #expect(try await client.post(Self.sale(1), to: "/api/shops/\(unknown)/sales").status == .notFound)
                #expect(try await client.get("/api/shops/\(unknown)/turnover", session: "operator").status == .notFound)
            }
        }
    }

    @Test(
        "What is wrong with a row is named with its place",
        arguments: [
            ("1", ["/sales/1 sales.row_shape"]), ("null", ["/sales/1 sales.row_shape"]),
            (
                "{}",
                ["/sales/1/order sales.order_shape", "/sales/1/amount sales.amount_shape"]
                    + ["/sales/1/paid_at sales.paid_at_shape"]
            ),
            (row(order: "7"), ["/sales/1/order sales.order_shape"]),
            (row(order: #""""#), ["/sales/1/order sales.order_shape"]),
            (row(order: #""a b""#), ["/sales/1/order sales.order_shape"]),
            (row(order: #""订单""#), ["/sales/1/order sales.order_shape"]),
            (row(order: "\"" + String(repeating: "1", count: 65) + "\""), ["/sales/1/order sales.order_shape"]),
            (row(amount: #""100""#), ["/sales/1/amount sales.amount_shape"]),
            (row(amount: "-1"), ["/sales/1/amount sales.amount_shape"]),
            (row(amount: "0.5"), ["/sales/1/amount sales.amount_shape"]),
            (row(amount: "9007199254740992"), ["/sales/1/amount sales.amount_shape"]),
            (row(amount: "9223372036854775808"), ["/sales/1/amount sales.amount_shape"]),
            (row(amount: "1e300"), ["/sales/1/amount sales.amount_shape"]),
            (row(amount: "null"), ["/sales/1/amount sales.amount_shape"]),
            (row(refunded: "-1"), ["/sales/1/refunded sales.refunded_shape"]),
            (row(refunded: "true"), ["/sales/1/refunded sales.refunded_shape"]),
            (row(refunded: "101"), ["/sales/1/refunded sales.refunded_above_amount"]),
            (row(paidAt: "1772352000"), ["/sales/1/paid_at sales.paid_at_shape"]),
            (row(paidAt: #""2026-03-01T15:00:00""#), ["/sales/1/paid_at sales.paid_at_shape"]),
            (row(paidAt: #""2026-02-29T15:00:00Z""#), ["/sales/1/paid_at sales.paid_at_shape"]),
            (row(paidAt: #""2026-03-01T16:05:01+08:00""#), ["/sales/1/paid_at sales.paid_at_future"]),
            (
                #"{"order": "1", "amount": 1, "paid_at": "2026-03-01T00:00:00Z", "refund": 1}"#,
                ["/sales/1 sales.member_unknown"]
            ),
        ])
    func hostileRows(row: String, findings: [String]) async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.serve { client in
            let response = try await client.post(
                Self.body(Self.row(order: #""good""#), row), to: "/api/shops/\(shop)/sales")
            #expect(response.status == .unprocessableContent)
            #expect(response.codes == ["sales.invalid"] + findings)
            #expect(response.text.contains("第 2 笔"))
        }
        #expect(try await bench.turnover(of: shop).sum == .zero)
    }

    @Test(
        "A body that is no batch is refused as a whole",
        arguments: [
            ("", 400, "body.not_json"), ("[", 400, "body.not_json"), ("[]", 422, "sales.count"),
            ("{}", 422, "sales.count"), (#"{"sales": {}}"#, 422, "sales.count"),
            (#"{"sales": []}"#, 422, "sales.count"),
            (#"{"sales": [1], "other": 1}"#, 422, "sales.count"),
            (#"{"sales": [], "sales": []}"#, 400, "body.not_json"),
            (String(repeating: "[", count: 10_000), 400, "body.not_json"),
            (String(repeating: " ", count: 256 * 1_024 + 1), 413, "body.too_large"),
        ])
    func hostileBodies(body: String, status: Int, code: String) async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.serve { client in
            let response = try await client.post(body, to: "/api/shops/\(shop)/sales")
            #expect(response.status.code == status)
            #expect(response.codes == [code])
        }
    }

    @Test("500 orders are taken, 501 are not")
    func most() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        let rows = (0..<501).map { Self.row(order: "\"o-\($0)\"") }
        let many = #"{"sales": [\#(rows.joined(separator: ", "))]}"#
        let few = #"{"sales": [\#(rows.dropLast().joined(separator: ", "))]}"#
        try await bench.serve { client in
            let refused = try await client.post(many, to: "/api/shops/\(shop)/sales")
            #expect(refused.codes == ["sales.count"])
            let taken = try await client.post(few, to: "/api/shops/\(shop)/sales")
            #expect(taken.status == .ok)
        }
        #expect(try await bench.turnover(of: shop).sum.fen == 50_000)
    }

    @Test("A form is no report: another site's page can't send JSON")
    func foreignForm() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.serve { client in
            for type in ["text/plain", "application/x-www-form-urlencoded", "", "text/plain; application/json"] {
                let response = try await client.post(Self.sale(1), to: "/api/shops/\(shop)/sales", type: type)
                #expect(response.codes == ["body.unsupported"])
            }
            let response = try await client.post(
                Self.sale(1), to: "/api/shops/\(shop)/sales", type: "application/json; charset=utf-8")
            #expect(response.status == .ok)
        }
    }

    @Test("An order that differs from its first report, and a sum beyond counting, are refused")
    func refused() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        let most: Int64 = 1 << 53 - 1
        // 1,024 of these just fit.
        for batch in 0..<4 {
            let sales = (0..<256).map {
                Sale(order: "\(batch)-\($0)", amount: Money(fen: most), refunded: .zero, paidAt: .example)
            }
            try await bench.count(sales, in: shop)
        }
        try await bench.serve { client in
            let path = "/api/shops/\(shop)/sales"
            let much = try await client.post(Self.sale(most), to: path)
            #expect(much.status == .unprocessableContent)
            #expect(much.codes == ["sales.sum_overflow"])
            let other = try await client.post(Self.body(Self.row(order: #""0-0""#)), to: path)
            #expect(other.status == .conflict)
            #expect(other.codes == ["sales.order_changed", "/sales/0 sales.order_changed"])
        }
        #expect(try await bench.turnover(of: shop).sum.fen == most * 1_024)
    }

    @Test("The owner sees how much was sold, and nobody else does")
    func shopPage() async throws {
        let bench = try await SalesBench()
        let shop = try await bench.shop()
        try await bench.serve { client in
            _ = try await client.post(Self.sale(8_300_000), to: "/api/shops/\(shop)/sales")
            let own = try await client.get("/shops/\(shop)", session: ID<Person>.owner.text, accept: "text/html")
            #expect(own.text.contains("今年已卖 ¥83,000，满 ¥100,000 要办执照"))
            #expect(own.text.contains(#"<progress max="100" value="83""#))
            for session in [ID<Person>.stranger.text, "operator", nil] {
                let page = try await client.get("/shops/\(shop)", session: session, accept: "text/html")
                #expect(page.status == .ok && !page.text.contains("今年已卖"))
            }
        }
    }

    @Test("Operators see the shops near or over the limit, the largest share first, until they are registered")
    func watched() async throws {
        let bench = try await SalesBench()
        let (near, other) = (try await bench.shop("近了的店"), try await bench.shop("同一个人的店"))
        let over = try await bench.shop("超了的店", of: .stranger)
        _ = try await bench.shop("没怎么卖的店", of: .new(at: .example))
        try await bench.count([.example(yuan: 83_000)], in: near)
        try await bench.count([.example(yuan: 120_000)], in: over)
        try await bench.serve { client in
            let page = try await client.get("/operations/turnover", session: "operator", accept: "text/html").text
            let places = ["超了的店", "120%", "近了的店", "83%"].map { page.range(of: $0)?.lowerBound }
            #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
            #expect(page.contains("同一个人的店") && page.contains("/shops/\(other)") && !page.contains("没怎么卖的店"))
        }
        try await bench.database.write { tx -> Void in
            try tx.run(
                "UPDATE \(sqlite: "stores_stores", postgres: "stores.stores") SET subject = 'enterprise' WHERE id = \(over)"
            )
        }
        bench.clock.advance(by: .seconds(1))
        try await bench.serve { client in
            let page = try await client.get("/operations/turnover", session: "operator", accept: "text/html").text
            #expect(!page.contains("超了的店") && page.contains("近了的店"))
        }
    }

    @Test("Every tag of the operators' list finds a value, and the model is what the example promises")
    func templates() async throws {
        let bench = try await SalesBench()
        try await bench.count([.example(yuan: 83_000)], in: try await bench.shop())
        let watched = try await bench.database.read { [reading = bench.reading] tx in
            try reading.watched(in: 2026, in: tx)
        }
        let frame = PageFrame(
            title: "t", nonce: "n", csrf: "c", person: "138****2222", isStaff: true, isReviewer: false,
            isOperator: true, isDemo: true, assets: Assets.none.links, requestID: "r-1")
        let page = WatchedPage(page: frame, watched, year: 2026)
        let contract = TemplateContract(folders: [Pages.templates, Stores.templates])
        #expect(try contract.missingTags(in: "watched-shops", models: [page]) == [])
        #expect(try contract.differences(examples: "watched-shops", models: [page]) == [])
    }
}

@Suite("Moments as programs write them")
struct InternetTimeTests {
    @Test(
        "A moment with an offset is read",
        arguments: [
            ("2026-03-01T08:00:00Z", 0), ("2026-03-01T16:00:00+08:00", 0), ("2026-03-01t03:30:00.25-04:30", 250),
            ("2026-03-01T08:00:00.999999999z", 999),
        ] as [(String, Int64)])
    func reads(text: String, milliseconds: Int64) {
        #expect(Instant(internetTime: text) == .example + .milliseconds(milliseconds))
    }

    @Test(
        "What is written comes back, over leap years and centuries", arguments: [0, 1_600, 1_970, 2_000, 2_024, 2_100])
    func roundTrip(year: Int64) {
        for day in stride(from: Int64(0), through: 800, by: 1) {
            let moment = Instant(milliseconds: ((year - 1_970) * 365 + day) * 86_400_000 + 43_199_000)
            guard moment.iso8601.utf8.count == 20, !moment.iso8601.hasPrefix("-") else { continue }
            #expect(Instant(internetTime: moment.iso8601) == moment)
        }
    }

    @Test(
        "Anything else is not",
        arguments: [
            "", "2026", "2026-03-01", "2026-03-01T08:00:00", "2026-03-01 08:00:00Z", "2026-13-01T08:00:00Z",
            "2026-00-10T08:00:00Z", "2026-04-31T08:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T08:60:00Z",
            "2026-03-01T08:00:60Z", "2026-03-01T08:00:00+24:00", "2026-03-01T08:00:00+0800", "2026-03-01T08:00:00.Z",
            "２０２６-03-01T08:00:00Z", "2026-03-01T08:00:00Z ", "+2026-03-01T08:00:00Z",
        ])
    func refuses(text: String) {
        #expect(Instant(internetTime: text) == nil)
    }
}
