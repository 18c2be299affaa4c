import Accounts
import CanonicalJSON
import ChineseIdentifiers
import Database
import Documents
import Foundation
import Kernel
import Sealing
import TestSupport
import Testing

@testable import Applications
@testable import Catalogue
@testable import Web

@Suite("The applicant's pages")
struct PagesTests {
    let contract = TemplateContract(folders: [Pages.templates, Applications.templates])

    static let frame = PageFrame(
        title: "t", nonce: "n", csrf: "c", person: "138****2468", isStaff: false, isReviewer: false, isOperator: false,
        isDemo: true,
        assets: .init(css: "", js: "", htmx: "", icons: "/icons.svg", entryStyles: ""), requestID: "r")

    static func pack() throws -> Pack {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "packs/enterprise/pack.yaml")
        return try Pack(yaml: String(contentsOf: file, encoding: .utf8), hash: "h")
    }

    /// An application in a state, with a draft that holds a doubtful reading and something hostile.
    static func open(_ state: JourneyState.Kind, _ test: TestDatabase) async throws -> OpenApplication {
        let person = ID<Person>.new(at: .example)
        let vault = Vault(.forTesting())
        let key = try await test.database.write { tx in try vault.key(for: person.keyOwner, at: .example, in: tx) }
        let note = try key.seal("请写到支行", place: "review.note")
        let pack = try pack()
        var application = Application(id: .new(at: .example), person: person, pack: pack.hash, at: .example)
        if state != .draft { try application.submit(at: .example) }
        let id = application.id
        func hear(_ stage: Stage, _ outcome: StageOutcome) {
            _ = application.hear(StageReport(application: id, stage: stage, round: 1, outcome: outcome), at: .example)
        }
        switch state {
        case .draft: break
        case .underway: hear(.screening, .passed)
        case .held: hear(.screening, .held(rule: "规则"))
        case .changesRequested:
            hear(.screening, .changesRequested([FieldComment(path: "/settlement/bank", note: note)]))
        case .rejected: hear(.screening, .rejected(Refusal(code: "subject.mismatch", note: note)))
        case .open: for stage in Stage.allCases { hear(stage, .passed) }
        case .withdrawn: try application.withdraw(at: .example)
        }
        var draft = Draft()
        let fields = pack.fields(for: ["food"])
        for field in fields {
            let value: JSONValue = field.kind == .categories ? ["food"] : .string("<i>\(field.label)</i>")
            if field.path != "/contact/name" { draft.set(field, to: value) }
        }
        let name = try #require(fields.first { $0.path == "/licence/name" })
        draft.set(name, to: nil)
        draft.fill([(name, .init(value: "禾穗知", document: "d", name: "名称", isDoubtful: true, box: [1, 2, 3, 4]))])
        return OpenApplication(
            application: application, draft: draft, version: 1, savedAt: .example, key: key, pack: pack,
            submitted: state == .draft ? nil : draft.values)
    }

    @Test("Every tag of the progress page finds a value")
    func progress() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        var models: [ProgressPage] = []
        for state in JourneyState.Kind.allCases {
            let what = Milestone.What.allCases.map {
                Milestone(at: .example, round: 1, what: $0, stage: .review, detail: "d")
            }
            let story = Applications.Story(milestones: what, shop: "/shops/s")
            models.append(ProgressPage(Self.frame, try await Self.open(state, test), story, at: .example))
        }
        #expect(try contract.missingTags(in: "application-progress", models: models) == [])
    }

    @Test("Every tag of the list, the landing and the last page finds a value")
    func others() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let one = try await Self.open(.changesRequested, test)
        let overview = Applications.Overview(application: one.application, company: nil, savedAt: .example)
        let list = ApplicationsPage(Self.frame, [overview], at: .example)
        #expect(try contract.missingTags(in: "applications", models: [list]) == [])
        let landing = LandingPage(Self.frame, try Self.pack(), .example)
        #expect(try contract.missingTags(in: "landing", models: [landing]) == [])
        let review = ReviewPage(
            Self.frame, one, before: [:], truthMissing: true, today: .example, at: .example)
        // The summary of errors is a part for pages that have some; this one never has.
        let missing = try contract.missingTags(in: "application-review", models: [review])
        #expect(missing.subtracting(["label", "message", "href"]) == [])
    }

    @Test("Every tag of a step finds a value; what people typed is escaped; doubtful fields come first")
    func step() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        let pages = try Pages(templateFolders: contract.folders, assets: .none, isDemo: false)
        var models: [Any] = []
        for state in [JourneyState.Kind.draft, .changesRequested] {
            let one = try await Self.open(state, test)
            for step in one.form.steps {
                let faults = step.fields.map { Finding(path: $0.path, code: "c", message: "不对", hint: "改") }
                let page = try StepPage(
                    Self.frame, one, step, pictures: [:], faults: faults, comments: one.openedComments, pages: pages,
                    at: .example)
                #expect(!page.fields.contains("<i>"), "\(step.id) lets markup through")
                for field in step.fields { #expect(page.fields.contains("id=\"\(field.elementID)-note\"")) }
                models.append(page)
                guard step.id == "confirm" else { continue }
                let name = try #require(page.fields.firstRange(of: "f-licence-name"))
                let code = try #require(page.fields.firstRange(of: "f-licence-creditCode"))
                #expect(name.lowerBound < code.lowerBound)
                #expect(page.fields.contains("/documents/d/crops/"))
            }
        }
        // The picture beside the fields is covered by the walk; its tags are members of `Plate` and `Box`.
        let missing = try contract.missingTags(in: "application-step", models: models)
        #expect(missing.subtracting(["alt", "boxes", "x", "y", "width", "height", "doubtful", "url"]) == [])
    }

    @Test("A locked value is masked, an open one is not")
    func masking() async throws {
        let test = try await TestDatabase(SealingMigrations.all)
        var one = try await Self.open(.changesRequested, test)
        var draft = one.draft
        let number = try #require(one.form.field(at: "/legalRepresentative/idNumber"))
        draft.set(number, to: .string(ResidentID.example.plain))
        one = OpenApplication(
            application: one.application, draft: draft, version: 1, savedAt: .example, key: one.key, pack: one.pack,
            submitted: draft.values)
        let pages = try Pages(templateFolders: contract.folders, assets: .none, isDemo: false)
        var markup = FieldMarkup(one, pictures: [:], faults: [], comments: [:], pages: pages, icons: "")
        let people = try #require(one.form.step("people"))
        let text = try markup.write(people)
        #expect(!text.contains(ResidentID.example.plain))
        #expect(text.contains("readonly"))
    }
}
