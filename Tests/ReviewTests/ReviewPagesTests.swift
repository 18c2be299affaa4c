import Accounts
import CanonicalJSON
import Database
import Kernel
import TestSupport
import Testing
import Web

@testable import Review

@Suite("The templates of review")
struct ReviewPagesTests {
    let contract = TemplateContract(folders: [Pages.templates, Review.templates])

    /// Pages of a case in every situation that shows something of its own.
    private func casePages() async throws -> [CasePage] {
        let bench = try await ReviewBench()
        let first = try #require(try await bench.submit())
        let unclaimed = try await page(first, bench)
        try await bench.claim(first)
        let wrong = [Finding(path: "/reason", code: "decision.reason_missing", message: "驳回要选一个原因")]
        let refused = try await page(first, bench, draft: .rejection, findings: wrong)
        try await bench.decide(first, .changes)
        let decided = try await page(first, bench)
        let mended = try JSONValue.submissionExample.replacing(["licence", "address"], with: "上海市浦东新区张江路763号")
        let second = try #require(try await bench.submit(round: 2, mended))
        try await bench.claim(second)
        let again = try await page(second, bench, draft: .changes)
        let taken = try await page(second, bench, for: .taoLin)
        try await bench.withdraw(round: 2)
        return [unclaimed, refused, decided, again, taken, try await page(second, bench)]
    }

    private func page(
        _ id: ID<Case>, _ bench: ReviewBench, for viewer: ID<Person> = .minZhou, draft: DecisionDraft? = nil,
        findings: [Finding] = []
    ) async throws -> CasePage {
        let view = CaseView(
            dossier: try await bench.dossier(id),
            visit: CaseVisit(id, by: viewer, revealed: "/contact/phone", draft: draft, findings: findings), after: nil,
            now: bench.clock.now)
        return CasePage(page: bench.frame, view)
    }

    private func queuePages() async throws -> [QueuePage] {
        let bench = try await ReviewBench()
        let decided = Case.example(in: .decided(.init(verdict: .approved, reviewer: .minZhou, at: bench.clock.now)))
        let counts: [QueueTab: Int] = [.waiting: 1, .mine: 0, .done: 1]
        return [
            QueueView(
                tab: .waiting, viewer: .minZhou, now: bench.clock.now, cases: [.example], counts: counts, after: decided
            ),
            QueueView(tab: .done, viewer: .minZhou, now: bench.clock.now, cases: [decided], counts: counts),
            QueueView(tab: .mine, viewer: .minZhou, now: bench.clock.now, cases: [], counts: counts),
        ].map { QueuePage(page: bench.frame, $0) }
    }

    @Test("Every tag of the case's page finds a value, and its model is what the examples promise")
    func casePage() async throws {
        let models = try await casePages()
        #expect(try contract.missingTags(in: "case", models: models) == [])
        #expect(try contract.differences(examples: "case", models: models) == [])
    }

    @Test("Every tag of the queue finds a value, and its model is what the examples promise")
    func queuePage() async throws {
        let models = try await queuePages()
        #expect(try contract.missingTags(in: "queue", models: models) == [])
        #expect(try contract.differences(examples: "queue", models: models) == [])
    }

    @Test("A tag without a value would be noticed")
    func missing() async throws {
        #expect(try contract.missingTags(in: "case", models: try await queuePages()).contains("decisionAction"))
        #expect(try contract.differences(examples: "case", models: try await queuePages()).contains("/decisionAction"))
    }

    @Test("Every page renders")
    func rendering() async throws {
        let pages = try Pages(templateFolders: contract.folders, assets: .none, isDemo: false)
        for model in try await casePages() { #expect(try pages.fragment("case", model).text.contains("</html>")) }
        for model in try await queuePages() { #expect(try pages.fragment("queue", model).text.contains("</html>")) }
    }

    @Test("The case's page says what screening found, what is due and what differs")
    func content() async throws {
        let pages = try await casePages()
        let again = pages[3]
        let fields = again.groups.flatMap(\.fields)
        let address = try #require(fields.first { $0.path == "/licence/address" })
        #expect(address.changed && address.differs)
        #expect(address.previous == "上海市浦东新区张江路762号")
        #expect(address.earlier == "门牌号看不清，请重拍")
        #expect(address.comment == "门牌号看不清，请重拍", "what is being typed stays")
        #expect(fields.first { $0.path == "/licence/creditCode" }?.registry == "未查询")
        #expect(fields.first { $0.path == "/shop/categories" }?.value == "食品")
        #expect(fields.first { $0.path == "/contact/phone" }?.value == "13800132468")
        #expect(fields.first { $0.path == "/contact/name" }?.value == "王*明")
        #expect(fields.first { $0.path.hasSuffix("food-operation/pictures/front") }?.href != nil)
        #expect(again.demands.first?.label == "同一主体另有 1 份申请")
        #expect(again.demands.contains { $0.label == "保证金" && $0.state == "不需要" })
        #expect(again.picture?.boxes.map(\.doubtful) == [false, false, true])
        #expect(pages.map(\.canDecide) == [false, true, false, true, false, false])
        #expect(
            pages.map { $0.banner?.title } == [
                "还没有人领取", nil, "这一单已要求修改", nil, "周敏 正在审这一单", "申请人已撤回",
            ])
    }
}
