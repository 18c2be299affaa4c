import Accounts
import CanonicalJSON
import ChineseIdentifiers
import Database
import Documents
import Foundation
import Kernel
import PackSupport
import Sealing
import TestSupport
import Testing
import WorkingTime

@testable import Applications
@testable import Catalogue
@testable import Web

@Suite("The applicant's pages")
struct PagesTests {
    let contract = TemplateContract(folders: [Pages.templates, Applications.templates])

    static let frame = FormExample.frame

    /// An application in a state, with a draft that holds a doubtful reading and something hostile.
    static func open(_ state: JourneyState.Kind) async throws -> OpenApplication {
        let pack = try ExamplePack.pack()
        let form = pack.form(in: ["shop": ["categories": ["food", "jade"]]])
        var draft = Draft()
        for field in form.fields where field.path != "/contact/name" {
            draft.set(field, to: field.kind == .categories ? ["food", "jade"] : .string("<i>\(field.label)</i>"))
        }
        let name = try #require(form.field(at: "/licence/name"))
        draft.set(name, to: nil)
        draft.fill([(name, .init(value: "禾穗知", document: "d", name: "名称", isDoubtful: true, box: [1, 2, 3, 4]))])
        let one = try await FormExample.Applicant()
            .application(pack, draft.values, state: state, changing: "/settlement/bank")
        return OpenApplication(
            record: try ApplicationRecord(one.application), draft: draft, version: 1, savedAt: .example, key: one.key,
            pack: pack,
            submitted: one.submitted, on: CivilDate(.example))
    }

    @Test("Every tag of the progress page finds a value")
    func progress() async throws {
        var models: [ProgressPage] = []
        for state in JourneyState.Kind.allCases {
            let what = Milestone.What.allCases.map {
                Milestone(at: .example, round: 1, what: $0, stage: .review, detail: "d")
            }
            let window = TimeWindow(
                earliest: .example, likely: .example, latest: .example + .seconds(60),
                basis: .own(cases: 45, .category))
            let outlook = Outlook(windows: [.review: window, .opening: window], isAnnounced: false)
            let story = Applications.Story(milestones: what, shop: "/shops/s", outlook: outlook)
            models.append(ProgressPage(Self.frame, try await Self.open(state), story, at: .example))
        }
        #expect(try contract.missingTags(in: "application-progress", models: models) == [])
    }

    @Test("Every tag of the operators' page of errors finds a value, and its example is like it")
    func forecasts() throws {
        func record(_ error: Int, _ cases: Int) -> ForecastRecord {
            ForecastRecord(
                application: .new(at: .example), round: 1, stage: .review, category: "food", earliest: .example,
                likely: .example, latest: .example, cases: cases, endedAt: .example + .seconds(error * 60), error: error
            )
        }
        let ended = [0, -10, 25, 200].map { record($0, $0 == 0 ? 0 : 40) }
        let page = ForecastPage(page: Self.frame, ended, days: 90, isCut: true, hours: .standard) { $0 }
        #expect(try contract.missingTags(in: "forecasts", models: [page]) == [])
        #expect(try contract.differences(examples: "forecasts", models: [page]) == [])
        #expect(page.rows.map(\.median) == ["10 分"] && page.rows.map(\.p90) == ["3 小时 20 分"])
        #expect(page.rows.map(\.within) == ["25"] && page.rows.map(\.standard) == ["1"])
    }

    @Test("Every tag of the list, the landing and the last page finds a value")
    func others() async throws {
        let one = try await Self.open(.changesRequested)
        let overview = Applications.Overview(application: one.application, company: nil, savedAt: .example)
        let list = ApplicationsPage(Self.frame, [overview], at: .example)
        #expect(try contract.missingTags(in: "applications", models: [list]) == [])
        let landing = LandingPage(Self.frame, try FormExample.pack(), .example)
        #expect(try contract.missingTags(in: "landing", models: [landing]) == [])
        let review = ReviewPage(
            Self.frame, one, before: [:], truthMissing: true, today: .example, at: .example)
        // The summary of errors is a part for pages that have some; this one never has.
        let row = ReviewSection.Row(name: "n", facts: [])
        let missing = try contract.missingTags(in: "application-review", models: [review, row])
        #expect(missing.subtracting(["label", "message", "href"]) == [])
    }

    @Test("Every tag of a step finds a value; what people typed is escaped; doubtful fields come first")
    func step() async throws {
        var models: [Any] = []
        for state in [JourneyState.Kind.draft, .changesRequested] {
            let one = try await Self.open(state)
            for step in one.form.steps {
                let faults = step.fields.map { Finding(path: $0.path, code: "c", message: "不对", hint: "改") }
                let page = StepPage(
                    Self.frame, one, step, pictures: [:], faults: faults, comments: one.openedComments, at: .example)
                #expect(!page.fields.contains("<i>"), "\(step.id) lets markup through")
                for field in step.fields { #expect(page.fields.contains("id=\"\(field.elementID)-note\"")) }
                models.append(page)
                guard step.id == "licence" else { continue }
                let name = try #require(page.fields.firstRange(of: "f-licence-name"))
                let code = try #require(page.fields.firstRange(of: "f-licence-creditCode"))
                #expect(name.lowerBound < code.lowerBound)
                #expect(page.fields.contains("/documents/d/crops/"))
            }
        }
        models += [
            NeedsPanel.Need(label: "l", href: "h", note: "n"), NeedsPanel.Choice(title: "t", options: "o", href: "h"),
        ]
        // The picture beside the fields is covered by the walk; its tags are members of `LicencePlate`.
        let missing = try contract.missingTags(in: "application-step", models: models)
        #expect(missing.subtracting(["alt", "boxes", "x", "y", "width", "height", "doubtful", "url"]) == [])
    }

    @Test("The last page shows the rows of lists, chosen categories and promises")
    func review() async throws {
        let pack = try FormExample.pack()
        let values: JSONValue = [
            "subject": ["type": "enterprise"],
            "shop": ["type": "flagship", "categories": ["snacks"]],
            "brands": ["r0001": ["name": "禾穗", "relation": "own"], "r0003": ["name": "晨光"]],
        ]
        let one = try await FormExample.Applicant().application(pack, values)
        let page = ReviewPage(Self.frame, one, before: nil, truthMissing: false, today: .example, at: .example)
        let shop = try #require(page.sections.first { !$0.rows.isEmpty })
        #expect(shop.rows.map(\.name) == ["品牌 1", "品牌 2"])
        #expect(shop.rows[0].facts.contains { $0.value == "自有品牌" })
        #expect(shop.facts.contains { $0.chips == ["休闲零食"] && !$0.missing })
        #expect(page.todo.contains { $0.label == "品牌 2：商标注册号" })
        for todo in page.todo { #expect(todo.href.contains("#f-")) }
    }
}
