import CanonicalJSON
import Database
import HTTPTypes
import Kernel
import Testing

@testable import Composition

/// Sunday, 1 March 2026, 16:00 in China is when the tests' clock begins.
@Suite("When applicants are told to expect their answer")
struct ExpectedTimeTests {
    @Test("First what the pack promises, called so; late is told; how far it was off stands before operators")
    func promised() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, reviewer, desk) = (Visitor(client), Visitor(client), Visitor(client))
            let path = try await house.submitted(Applicant(), owner)
            let page = try await owner.get(path)
            #expect(page.text.contains("预计 3月2日 周一 11:00 前"), "two working hours from Monday morning")
            #expect(page.text.contains("默认估计"))
            for title in ["提交", "机审", "类目复核", "合同", "保证金", "支付进件", "开店"] {
                #expect(page.text.contains("<h3>\(title)"), "\(title)")
            }
            let told = try await owner.call(.get, "/api\(path)/progress")
            #expect(told.status == .ok)
            let review = try #require(told.body["steps"]?.array?.first { $0["id"] == "review" })
            #expect(review["state"] == "current" && review["turn"] == "reviewer" && review["late"] == false)
            #expect(review["expected"]?["basis"] == "default")
            #expect(review["expected"]?["likely"] == "2026-03-02T02:00:00Z")
            #expect(review["expected"]?["latest"] == "2026-03-02T03:00:00Z")
            let stranger = Visitor(client)
            #expect(try await stranger.call(.get, "/api\(path)/progress").status == .unauthorized)
            try await house.signIn(stranger, "13655551112")
            #expect(try await stranger.call(.get, "/api\(path)/progress").status == .notFound)

            // Monday, 11:30.
            house.clock.advance(by: .seconds(19 * 3_600 + 1_800))
            #expect(try await owner.get(path).text.contains("比默认估计久了"))
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let first = try await reviewer.claimFirstCase()
            try await reviewer.post(first.path + "/decision", [("decision", "approve"), ("_key", "d")])
            try await house.settle()
            #expect(try await owner.get(path).text.contains("开张了"))
            #expect(try await house.reviewMinutes() == [150], "working minutes from Monday, 9:00")

            #expect(try await owner.get("/operations/forecasts").status == .forbidden)
            try await house.signIn(desk, House.operatorPhone, door: "/staff/sign-in")
            #expect(try await desk.get("/staff/operations").text.contains("/operations/forecasts"))
            let errors = try await desk.get("/operations/forecasts").text
            #expect(errors.contains("类目复核</td><td data-label=\"份数\" class=\"num\">1</td>"))
            #expect(errors.contains("1 小时 30 分"), "told for 10:00, came at 11:30")
        }
    }

    @Test("With 30 cases of its own, the product tells from those")
    func own() async throws {
        let house = try await House()
        try await house.finish(40)
        try await house.open { client in
            let owner = Visitor(client)
            let page = try await owner.get(try await house.submitted(Applicant(), owner))
            #expect(page.text.contains("按本平台最近 40 份同类目、同在这个星期几提交的申请估计"))
            #expect(page.text.contains("预计 3月2日 周一 10:30 前"), "nine of ten took no more than 86 minutes")
        }
    }

    @Test("A request for changes is an answer too, and the next submission is foretold anew")
    func changes() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, reviewer) = (Visitor(client), Visitor(client))
            let path = try await house.submitted(Applicant(), owner)
            house.clock.advance(by: .seconds(18 * 3_600))
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let first = try await reviewer.claimFirstCase()
            try await reviewer.post(
                first.path + "/decision",
                [("decision", "changes"), ("comment./settlement/bank", "请写支行"), ("_key", "d")])
            try await house.settle()
            #expect(try await house.reviewMinutes() == [60])
            let page = try await owner.get(path)
            #expect(page.text.contains("等你改完") && !page.text.contains("预计"))
            try await owner.get(path + "/steps/people")
            try await owner.post(path + "/steps/people", [("settlement.bank", "招商银行杭州文三路支行"), ("go", "next")])
            try await owner.get(path + "/review")
            try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "s2")])
            try await house.settle()
            // Monday, 10:00, and two working hours.
            #expect(try await owner.get(path).text.contains("预计今天 12:00 前"))
        }
    }
}

extension House {
    /// The review's working minutes of every submission that was answered.
    fileprivate func reviewMinutes() async throws -> [Int] {
        try await product.database.read { tx in
            try tx.rows(
                """
                SELECT review FROM \(sqlite: "applications_finished_rounds", postgres: "applications.finished_rounds")
                ORDER BY ended_at
                """
            ).map { try $0.get("review") }
        }
    }

    /// Submissions of Sundays that were answered before, whose reviews took 50, 51, … working minutes.
    fileprivate func finish(_ count: Int) async throws {
        let now = clock.now
        try await product.database.write { tx in
            for index in 0..<count {
                try tx.run(
                    """
                    INSERT INTO \(sqlite: "applications_finished_rounds", postgres: "applications.finished_rounds")
                        (application, round, category, route, weekday, ended_at, screening, review, agreement, deposit,
                         opening)
                    VALUES (\(ID<House>.new(at: now).text), 1, 'clothing', 'auto', 7, \(now - .seconds(index)), 0, \(50 + index),
                            0, 0, 0)
                    """)
            }
        }
    }
}
