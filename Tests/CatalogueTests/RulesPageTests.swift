import CanonicalJSON
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Sealing
import TestSupport
import Testing
import Work

@testable import Catalogue
@testable import Web

/// What shop owners read and what operators do, as whole answers of the routes.
@Suite("The pages of rules")
struct RulesPageTests {
    @Test("The rules in force are told to everybody, with what will change and when")
    func rules() async throws {
        let desk = try await RulesDesk()
        try await desk.announceNext()
        try await desk.open { browser in
            let page = try await browser.get("/rules")
            #expect(page.status == .ok)
            for text in [
                "小商城规则", "2026年3月1日起", "2026年3月10日起有变化", "还有 9 天", "水果蔬菜", "企业保证金由 ¥5,000 调为 ¥8,000", "营业执照",
                "不可入驻", desk.hash,
            ] { #expect(page.text.contains(text), "\(text)") }
        }
    }

    @Test(
        "A category is found by its name, by what people call it and by its trade",
        arguments: ["水果", "苹果", "生鲜", "苹果 食品"])
    func search(query: String) async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let page = try await browser.get("/rules?q=" + query.percentEncodedForQuery)
            #expect(page.text.contains("找到 1 个类目"))
            for text in [
                "任选一种", "食品经营许可证 或 经营范围含农产品", "（限企业）", "依据：食品安全法第三十五条", "企业 ¥5,000；自然人 ¥2,500", "每笔 2.5%",
                "1 名审核员，2 个工作小时内",
            ] { #expect(page.text.contains(text), "\(text)") }
        }
    }

    @Test("What is searched can't break the page, and what is not found says what to do")
    func hostile() async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let page = try await browser.get("/rules?q=" + "<script>alert(1)</script>".percentEncodedForQuery)
            #expect(page.status == .ok && !page.text.contains("<script>alert") && page.text.contains("换个说法试试"))
            let long = try await browser.get("/rules?q=" + String(repeating: "长", count: 500).percentEncodedForQuery)
            #expect(long.status == .ok)
        }
    }

    @Test("A trade has a page, and what is not sold here says why")
    func trade() async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let page = try await browser.get("/rules/" + "服饰".percentEncodedForQuery)
            #expect(page.text.contains("id=\"clothing\"") && page.text.contains("不能入驻：烟草不能在网上卖"))
            #expect(try await browser.get("/rules/nothing").status == .notFound)
        }
    }

    @Test("The bundle is what its name says, and old rules stay readable")
    func history() async throws {
        let desk = try await RulesDesk()
        try await desk.announceNext()
        desk.clock.advance(by: .seconds(30 * 86_400))
        try await desk.open { browser in
            let bundle = try await browser.get("/rules/packs/\(desk.hash).json")
            #expect(ContentHash.hex(of: Array(bundle.body.readableBytesView)) == desk.hash)
            #expect(bundle.headers[.cacheControl]?.contains("immutable") == true)
            let old = try await browser.get("/rules/packs/\(desk.hash)")
            #expect(old.text.contains("这份规则用到 2026年3月10日"))
            #expect(try await browser.get("/rules/packs/\(desk.hash)/" + "食品".percentEncodedForQuery).status == .ok)
            let history = try await browser.get("/rules/history").text
            #expect(history.contains("生效中") && history.contains("用到 2026年3月10日") && history.contains(desk.hash))
        }
    }

    @Test("What was only proposed is nobody's business yet", arguments: ["", ".json", "/食品"])
    func secret(ending: String) async throws {
        let desk = try await RulesDesk()
        let proposal = try await desk.propose()
        try await desk.open { browser in
            let path = "/rules/packs/\(proposal.pack)" + ending.percentEncodedForQuery
            let status = try await browser.get(path).status
            #expect(status == .notFound)
        }
    }

    @Test("A page that the browser has already is not sent again; that of somebody signed in is never kept")
    func revalidation() async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let first = try await browser.get("/rules")
            let tag = try #require(first.headers[.eTag])
            let again = try await browser.get("/rules", known: tag)
            #expect(again.status == .notModified && again.body.readableBytes == 0)
            let operatorsPage = try await browser.signed(in: "min").get("/rules", known: tag)
            #expect(operatorsPage.status == .ok && operatorsPage.headers[.eTag] == nil)
            #expect(operatorsPage.headers[.cacheControl] == "no-store")
        }
    }

    @Test("One operator proposes, another approves; both are named in the record")
    func publishing() async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let (min, tao) = (browser.signed(in: "min"), browser.signed(in: "tao"))
            let empty = try await min.get("/operations/packs").text
            #expect(empty.contains("企业保证金由 ¥5,000 调为 ¥8,000") && empty.contains("value=\"2026-03-09\""))
            let fields = ["hash": desk.next.hash, "effective": "2026年3月10日"]
            for _ in 0..<2 {
                let sent = try await min.post("/operations/packs/propose", fields, key: "k")
                #expect(sent.status == .seeOther)
            }
            #expect(desk.catalogue.publications.count == 2, "sent twice, proposed once")
            let id = try #require(desk.catalogue.publications.last?.id)
            #expect(try await min.get("/operations/packs").text.contains("要由另一位运营人员批准"))
            #expect(try await min.post("/operations/packs/\(id)/approve").status == .conflict)
            for _ in 0..<2 {
                #expect(try await tao.post("/operations/packs/\(id)/approve", key: "k").status == .seeOther)
            }
            let done = try await min.get("/operations/packs").text
            #expect(done.contains("名为 min（我） 提议") && done.contains("名为 tao 批准") && done.contains("还有 9 天"))
            #expect(try await tao.post("/operations/packs/\(id)/withdraw").status == .seeOther)
            #expect(try await min.get("/rules").text.contains("有变化") == false)
        }
    }

    @Test(
        "A proposal that can't be is told on the page, and nothing is proposed",
        arguments: [("2026-03-05", "生效日期太近"), ("明天", "看不懂这个日期"), ("2026-02-30", "看不懂这个日期"), ("", "看不懂这个日期")])
    func refused(day: String, reason: String) async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let page = try await browser.signed(in: "min").post(
                "/operations/packs/propose", ["hash": desk.next.hash, "effective": day])
            #expect(page.status == .unprocessableContent && page.text.contains(reason))
            #expect(desk.catalogue.publications.count == 1)
        }
    }

    @Test("What was changed since it was looked at is not proposed")
    func outdated() async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let page = try await browser.signed(in: "min").post(
                "/operations/packs/propose", ["hash": desk.hash, "effective": "2026-03-20"])
            #expect(page.status == .unprocessableContent && page.text.contains("刚刚变了"))
        }
    }

    @Test("A faulty folder shows every fault with its place, and no button")
    func faulty() async throws {
        let desk = try await RulesDesk(next: SmallPack.edited(("pack.yaml", "hours: 8", "hours: 8000")))
        try await desk.open { browser in
            let page = try await browser.signed(in: "min").get("/operations/packs").text
            #expect(page.contains("pack.yaml:7") && page.contains("应在 0 到 720 之间"))
            #expect(!page.contains("提议发布</button>"))
        }
    }

    @Test("Only operators publish")
    func access() async throws {
        let desk = try await RulesDesk()
        try await desk.open { browser in
            let visitor = try await browser.get("/operations/packs").status
            let reviewer = try await browser.signed(in: "reviewer").get("/operations/packs").status
            #expect(visitor == .seeOther && reviewer == .forbidden)
        }
    }

    // MARK: Templates

    @Test("Every tag of the templates finds a value, and the models are what the examples promise")
    func templates() async throws {
        let contract = TemplateContract(folders: [Pages.templates, Catalogue.templates])
        for (template, models) in try await RulesDesk.models() {
            #expect(try contract.missingTags(in: template, models: models) == [], "\(template)")
            #expect(try contract.differences(examples: template, models: models) == [], "\(template)")
        }
    }
}
