import Accounts
import CanonicalJSON
import ChineseIdentifiers
import Database
import Foundation
import Kernel
import Sealing
import TestSupport

@testable import Applications
@testable import Catalogue
@testable import Web

/// What tests of the form stand on: the mall's pack, and applications with answers of one's own.
enum FormExample {
    static let mall = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "packs/mall")

    static func pack() throws -> Pack { try Pack(PackSource(folder: mall)) }

    static let frame = PageFrame(
        title: "t", nonce: "n", csrf: "c", person: "138****2468", isStaff: false, isReviewer: false, isOperator: false,
        isDemo: true, assets: .init(css: "", js: "", htmx: "", icons: "/icons.svg", entryStyles: ""), requestID: "r")

    /// A person and the key that their answers are sealed under.
    struct Applicant {
        let person = ID<Person>.new(at: .example)
        let key: OwnerKey
        private let kept: TestDatabase

        init() async throws {
            let test = try await TestDatabase(SealingMigrations.all)
            let vault = Vault(.forTesting())
            let owner = person.keyOwner
            key = try await test.database.write { tx in try vault.key(for: owner, at: .example, in: tx) }
            kept = test
        }

        /// An application in a state, with these answers.
        func application(
            _ pack: Pack, _ values: JSONValue, state: JourneyState.Kind = .draft, changing path: String = "/shop/name"
        ) throws -> OpenApplication {
            var application = Application(id: .new(at: .example), person: person, pack: pack.hash, at: .example)
            if state != .draft { try application.submit(at: .example) }
            let note = try key.seal("请写到支行", place: "review.note")
            try application.move(to: state, note: note, changing: path)
            return OpenApplication(
                record: try ApplicationRecord(application), draft: Draft(json: ["values": values]), version: 1,
                savedAt: .example,
                key: key,
                pack: pack, submitted: state == .draft ? nil : values, on: CivilDate(.example))
        }
    }
}

extension Application {
    /// Lets the stages report what leads to a state.
    fileprivate mutating func move(to state: JourneyState.Kind, note: Sealed, changing path: String) throws {
        switch state {
        case .draft: break
        case .underway: tell(.screening, .passed)
        case .held: tell(.screening, .held(rule: "规则"))
        case .changesRequested: tell(.screening, .changesRequested([FieldComment(path: path, note: note)]))
        case .rejected: tell(.screening, .rejected(Refusal(code: "subject.mismatch", note: note)))
        case .open: for stage in Stage.allCases { tell(stage, .passed) }
        case .withdrawn: try withdraw(at: .example)
        }
    }

    private mutating func tell(_ stage: Stage, _ outcome: StageOutcome) {
        _ = hear(StageReport(application: id, stage: stage, round: 1, outcome: outcome), at: .example)
    }
}

extension PackStep {
    /// A step that asks just these.
    static func example(_ fields: [PackField]) -> PackStep {
        PackStep(
            id: "s", title: "步骤", lead: "", minutes: 1, groups: [PackGroup(title: "一组", hint: nil, fields: fields)])
    }
}

/// A look at markup as a browser would take it: elements with their attributes.
struct MarkupProbe {
    struct Element {
        let name: String
        let attributes: [String: String]
    }

    let elements: [Element]

    init(_ markup: String) {
        elements = markup.matches(of: /<([a-z]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/).map { match in
            let pairs = String(match.2).matches(of: /([a-z-]+)(?:="([^"]*)")?/).map {
                (String($0.1), $0.2.map(String.init) ?? "")
            }
            return Element(
                name: String(match.1), attributes: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// The inputs that send a value under a name, hidden ones apart.
    func inputs(named name: String) -> [Element] {
        inputs.filter { $0.attributes["name"] == name && $0.attributes["type"] != "hidden" }
    }

    var inputs: [Element] { elements.filter { ["input", "textarea", "select"].contains($0.name) } }
    var ids: [String] { elements.compactMap { $0.attributes["id"] } }

    /// The visible inputs that nothing names to a screen reader: no label for them, none around them.
    func unlabelled(in markup: String) -> [String] {
        let labelled = Set(elements.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
        return inputs.filter { input in
            guard input.attributes["type"] != "hidden", input.attributes["aria-label"] == nil else { return false }
            if let id = input.attributes["id"], labelled.contains(id) { return false }
            // Radios and boxes stand inside their label.
            return !["radio", "checkbox"].contains(input.attributes["type"] ?? "")
        }.map { $0.attributes["name"] ?? "?" }
    }
}
