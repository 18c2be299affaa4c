import Accounts
import Database
import Hummingbird
import HummingbirdTesting
import Kernel
import Sealing
import Testing

@testable import Review

@Suite("The reviewer's pages")
struct ReviewRoutesTests {
    @Test("A reviewer claims, reads, decides, and comes to the next case")
    func walk() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        let next = try #require(try await bench.submit(application: .numbered(11)))
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            let queue = try await browser.get("/staff/queue")
            #expect(queue.status == .ok && queue.text.contains("/staff/cases/\(id)/claim"))

            let claimed = try await browser.post("/staff/cases/\(id)/claim", key: "k1")
            #expect(claimed.status == .seeOther && claimed.location == "/staff/cases/\(id)")
            let page = try await browser.get("/staff/cases/\(id)")
            #expect(page.text.contains("name=\"decision\"") && page.text.contains("未查询"))
            #expect(page.text.contains("和照片不同"))

            let decided = try await browser.post(
                "/staff/cases/\(id)/decision", ["decision": "approve", "comment./licence/name": " "], key: "k2")
            #expect(decided.location == "/staff/cases/\(next)?after=\(id)")
            #expect(try await browser.get(decided.location ?? "").text.contains("刚才那一单"))
            let again = try await browser.post("/staff/cases/\(id)/decision", ["decision": "approve"], key: "k2")
            #expect(again.location == decided.location, "the same key gets the same answer")
        }
        #expect(try await bench.reports().count == 1)
    }

    @Test("After the last case the reviewer is back in the queue and told so")
    func lastCase() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            let decided = try await browser.post(
                "/staff/cases/\(id)/decision", ["decision": "reject", "reason": "subject.mismatch"])
            #expect(decided.location == "/staff/queue?after=\(id)")
            let queue = try await browser.get(decided.location ?? "")
            #expect(queue.text.contains("已驳回「上海市天翼星辰食品有限公司」") && queue.text.contains("都处理完了"))
        }
    }

    @Test("Values about people are covered until one is shown, which is noted")
    func masking() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        let plain = ["330106199001019979", "13800132468", "1202020609999991234", "孙燕英", "王小明"]
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            let page = try await browser.get("/staff/cases/\(id)").text
            #expect(plain.filter(page.contains) == [])
            let shown = try await browser.post("/staff/cases/\(id)/reveal", ["path": "/legalRepresentative/idNumber"])
            #expect(shown.status == .ok)
            #expect(plain.filter(shown.text.contains) == ["330106199001019979"])
            #expect(shown.text.contains("已显示，有记录"))
        }
        let readings = try await bench.database.read { tx in
            try ReadingLog().readings(of: ID<Person>.applicant.keyOwner, in: tx)
        }
        #expect(readings.map(\.what) == ["/legalRepresentative/idNumber"])
    }

    @Test("A refused decision keeps what was typed and names the fields")
    func refused() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            let answer = try await browser.post(
                "/staff/cases/\(id)/decision", ["decision": "reject", "note": "写了一半的话<b>"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("驳回要选一个原因") && answer.text.contains("写了一半的话&lt;b&gt;"))
            let forged = try await browser.post(
                "/staff/cases/\(id)/decision", ["decision": "changes", "comment./nowhere": "看不清"])
            #expect(forged.status == .unprocessableContent && forged.text.contains("这次提交里没有这一项"))
        }
    }

    @Test("A case that another reviewer holds can be seen but not worked on")
    func taken() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id, by: .taoLin)
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            let page = try await browser.get("/staff/cases/\(id)").text
            #expect(page.contains("林涛 正在审这一单") && !page.contains("name=\"decision\""))
            #expect(!page.contains("form=\"reveal\""))
            let claim = try await browser.post("/staff/cases/\(id)/claim")
            #expect(claim.status == .conflict && claim.text.contains("case.taken"))
            let decision = try await browser.post("/staff/cases/\(id)/decision", ["decision": "approve"])
            #expect(decision.status == .conflict)
        }
    }

    @Test("A case whose applicant withdrew says so on its page and refuses the decision")
    func withdrawn() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.withdraw()
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            #expect(try await browser.get("/staff/cases/\(id)").text.contains("申请人已撤回"))
            let decision = try await browser.post("/staff/cases/\(id)/decision", ["decision": "approve"])
            #expect(decision.status == .conflict && decision.text.contains("申请人已撤回"))
        }
    }

    @Test("A released case waits for others again")
    func release() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await Application(router: bench.router()).test(.router) { client in
            let browser = TestBrowser(client: client, person: .minZhou)
            let released = try await browser.post("/staff/cases/\(id)/release")
            #expect(released.location == "/staff/queue")
        }
        #expect(try await bench.find(id).state == .waiting)
    }

    @Test("Looking at one's case keeps the claim alive")
    func activity() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        bench.clock.advance(by: .seconds(1_500))
        try await Application(router: bench.router()).test(.router) { client in
            _ = try await TestBrowser(client: client, person: .minZhou).get("/staff/cases/\(id)")
        }
        bench.clock.advance(by: .seconds(1_500))
        await #expect(throws: CaseRefusal.self) { try await bench.claim(id, by: .taoLin) }
    }

    @Test("Nobody but reviewers gets in, and unknown cases are not found")
    func doors() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await Application(router: bench.router()).test(.router) { client in
            let nobody = try await TestBrowser(client: client, person: nil).get("/staff/queue")
            #expect(nobody.location == "/staff/sign-in?next=/staff/queue")
            let applicant = TestBrowser(client: client, person: .applicant)
            #expect(try await applicant.get("/staff/cases/\(id)").status == .forbidden)
            #expect(try await applicant.post("/staff/cases/\(id)/claim").status == .forbidden)
            let reviewer = TestBrowser(client: client, person: .minZhou)
            for path in ["/staff/cases/nothing", "/staff/cases/\(ID<Case>.numbered(999))"] {
                #expect(try await reviewer.get(path).status == .notFound)
            }
        }
    }
}
