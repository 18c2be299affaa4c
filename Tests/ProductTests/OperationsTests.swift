import Accounts
import Applications
import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing
import Web
import Work

@testable import Composition

@Suite("What operators see of events and jobs, and what they do about them")
struct OperationsTests {
    /// Events for `stores.open-store` that it can't handle, because nothing was ever submitted; stuck after some time.
    private func stick(_ count: Int, in house: House) async throws -> [EventStream] {
        var streams: [EventStream] = []
        for _ in 0..<count {
            let now = house.clock.now
            let event = StageRequested(
                application: .new(at: now), person: .new(at: now), stage: .opening, round: 1, pack: "none",
                categories: [])
            streams.append(event.stream)
            try await house.product.database.write { tx in try tx.emit(event, at: now) }
        }
        for _ in 0..<8 {
            try await house.settle()
            house.clock.advance(by: .seconds(601))
        }
        return streams
    }

    private func signedIn(_ client: any TestClientProtocol, _ house: House) async throws -> Visitor {
        let visitor = Visitor(client)
        try await house.signIn(visitor, House.operatorPhone, door: "/staff/sign-in")
        return visitor
    }

    @Test("A stuck event is shown with its reason, and goes when it is skipped with a reason that stays in the record")
    func skip() async throws {
        let house = try await House()
        let stream = try #require(try await stick(1, in: house).first).text
        try await house.open { client in
            let desk = try await signedIn(client, house)
            let page = try await desk.get("/staff/operations")
            #expect(page.status == .ok)
            for text in ["开店", stream, "MissingSubmission", "1 号 applications.stage_requested", "6 次"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let fields = [("handler", "stores.open-store"), ("stream", stream), ("number", "1")]
            let refused = try await desk.post("/staff/operations/skip", fields + [("reason", " ")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("请写明原因"))
            try await desk.get("/staff/operations")
            let other = try await desk.post(
                "/staff/operations/skip", fields.dropLast() + [("number", "2"), ("reason", "测试数据")])
            #expect(other.status == .conflict)
            try await desk.get("/staff/operations")
            let done = try await desk.post("/staff/operations/skip", fields + [("reason", "测试数据"), ("_key", "k-1")])
            #expect(done.text.contains("没有。所有事件都送到了。"))
            #expect(done.text.contains("测试数据") && done.text.contains("跳过") && done.text.contains("139****8802"))
            // Sent twice by a browser that got no answer: done once, and noted once.
            let again = try await desk.post("/staff/operations/skip", fields + [("reason", "测试数据"), ("_key", "k-1")])
            #expect(again.status == .ok)
            #expect(again.text.components(separatedBy: "测试数据").count == 2)
            let late = try await desk.post("/staff/operations/retry", fields)
            #expect(late.status == .conflict)
            #expect(late.text.contains("不再停住"))
        }
    }

    @Test("A stuck event that is retried in vain is stuck again")
    func retry() async throws {
        let house = try await House()
        let stream = try #require(try await stick(1, in: house).first).text
        try await house.open { client in
            let desk = try await signedIn(client, house)
            try await desk.get("/staff/operations")
            let fields = [("handler", "stores.open-store"), ("stream", stream)]
            let released = try await desk.post("/staff/operations/retry", fields)
            #expect(released.text.contains("没有。所有事件都送到了。"))
            for _ in 0..<6 {
                try await house.settle()
                house.clock.advance(by: .seconds(601))
            }
            #expect(try await desk.get("/staff/operations").text.contains("MissingSubmission"))
        }
    }

    @Test("Only what bears it is told again, from a plain page that says what that means")
    func replay() async throws {
        let house = try await House()
        try await house.open { client in
            let desk = try await signedIn(client, house)
            let page = try await desk.get("/staff/operations")
            #expect(page.text.contains("replay?handler=stores.open-store"))
            #expect(!page.text.contains("replay?handler=notifications.send-codes"))
            #expect(try await desk.get("/staff/operations/replay?handler=notifications.send-codes").status == .conflict)
            let asked = try await desk.get("/staff/operations/replay?handler=stores.open-store")
            #expect(asked.text.contains("再做一遍"))
            let bad = try await desk.post(
                "/staff/operations/replay", [("handler", "stores.open-store"), ("scope", "all"), ("since", "2026-02-30 08:00")])
            #expect(bad.status == .unprocessableContent)
            try await desk.get("/staff/operations")
            let done = try await desk.post(
                "/staff/operations/replay",
                [("handler", "stores.open-store"), ("scope", "all"), ("since", "2026-03-01 08:00")])
            #expect(done.text.contains("重放全部") && done.text.contains("2026-03-01T00:00:00Z"))
            try await house.settle()
            #expect(try await house.product.database.read { tx in try FailedJob.list(limit: 9, in: tx) }.isEmpty)
        }
    }

    @Test("More than a page of stuck events is shown page by page")
    func pages() async throws {
        let house = try await House()
        _ = try await stick(23, in: house)
        try await house.open { client in
            let desk = try await signedIn(client, house)
            let first = try await desk.get("/staff/operations")
            #expect(first.text.components(separatedBy: "跳过 1 号事件").count == 21)
            #expect(first.text.contains("/staff/operations?parked=2#parked"))
            let second = try await desk.get("/staff/operations?parked=2")
            #expect(second.text.components(separatedBy: "跳过 1 号事件").count == 4)
            #expect(second.text.contains("上一页") && !second.text.contains("下一页"))
            for odd in ["parked=-1", "parked=x", "parked=99999999999999999999", "acts=0", "failed=3"] {
                #expect(try await desk.get("/staff/operations?\(odd)").status == .ok)
            }
        }
    }

    @Test("Monitoring gets the same as JSON, and nobody but operators does")
    func telling() async throws {
        let house = try await House()
        _ = try await stick(1, in: house)
        try await house.open { client in
            let desk = try await signedIn(client, house)
            let (status, body) = try await desk.json("/api/operations/work")
            #expect(status == .ok)
            for part in [
                #""handler":"stores.open-store","oldest_age":null,"parked_streams":1"#, #""error":"MissingSubmission""#,
                #""unsorted":{"events":0,"oldest_age":null}"#,
            ] { #expect(body.contains(part), "\(part) in \(body)") }
            #expect(try await Visitor(client).json("/api/operations/work").0 == .unauthorized)
            let reviewer = Visitor(client)
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            #expect(try await reviewer.json("/api/operations/work").0 == .forbidden)
            for act in ["retry", "skip", "replay", "jobs/retry", "jobs/discard"] {
                #expect(try await reviewer.post("/staff/operations/\(act)").status == .forbidden)
                #expect(try await desk.post("/staff/operations/\(act)", withToken: false).status == .forbidden)
                try await desk.get("/staff/operations")
                #expect(try await desk.post("/staff/operations/\(act)").status == .unprocessableContent)
            }
        }
    }

    @Test("A time is read as it is written, in Shanghai, and a day that does not exist is not read")
    func times() {
        let start = Instant(milliseconds: 1_772_352_000_000)
        #expect(Instant(shanghai: "2026-03-01 16:00") == start)
        #expect(Instant(shanghai: "2026-03-01T16:00") == start)
        for day in 0..<800 {
            let moment = Instant(milliseconds: start.milliseconds + Int64(day) * 86_400_000)
            #expect(Instant(shanghai: moment.shanghaiMinute) == moment)
        }
        for text in ["", "2026-02-30 08:00", "2026-13-01 08:00", "2026-03-01", "gestern", "2026-03-01 24:00"] {
            #expect(Instant(shanghai: text) == nil, "\(text)")
        }
    }
}
