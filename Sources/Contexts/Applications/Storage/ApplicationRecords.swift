import Accounts
import Database
import Kernel
import Sealing

struct ApplicationRecord: Record {
    static let table = Table(
        "applications", "applications", key: ["id"],
        columns: ["id", "person", "pack", "state", "journey", "created_at", "updated_at"])

    let application: Application
    /// The journey's text; as long as it is the same, nothing has happened to the application.
    let journey: String

    init(_ application: Application) throws {
        self.application = application
        journey = try JourneyText.write(application.journey)
    }

    init(row: Row) throws {
        journey = try row.get("journey")
        application = Application(
            id: try row.get("id"), person: try row.get("person"), pack: try row.get("pack"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"),
            journey: try JourneyText.read(journey))
    }

    var values: [any SQLConvertible] {
        [
            application.id, application.person, application.pack, application.journey.state.kind.rawValue, journey,
            application.createdAt, application.updatedAt,
        ]
    }
}

struct DraftRecord: Record {
    static let table = Table(
        "applications", "drafts", key: ["application"], columns: ["application", "version", "content", "saved_at"])

    let application: ID<Application>
    /// Counts the saves, so that two pages that save at once don't overwrite each other.
    let version: Int
    let content: Sealed
    let savedAt: Instant

    var values: [any SQLConvertible] { [application, version, content, savedAt] }
}

extension DraftRecord {
    init(row: Row) throws {
        application = try row.get("application")
        version = try row.get("version")
        content = try row.get("content")
        savedAt = try row.get("saved_at")
    }
}

struct StandingRecord: Record {
    static let table = Table(
        "applications", "standings", key: ["application"],
        columns: [
            "application", "version", "pack", "rules", "until", "asked", "due", "eventually", "alternatives", "future",
            "errors", "pictures",
        ])

    let application: ID<Application>
    let standing: Standing

    var values: [any SQLConvertible] {
        let pictures = standing.pictures.map { "\($0.document) \($0.path)" }.joined(separator: "\n")
        return [
            application, standing.version, standing.pack, standing.rules, standing.until, standing.asked, standing.due,
            standing.eventually, standing.alternatives, standing.future, standing.errors, pictures,
        ]
    }
}

extension StandingRecord {
    init(row: Row) throws {
        application = try row.get("application")
        let pictures: String = try row.get("pictures")
        standing = Standing(
            version: try row.get("version"), pack: try row.get("pack"), rules: try row.get("rules"),
            until: try row.get("until"), asked: try row.get("asked"), due: try row.get("due"),
            eventually: try row.get("eventually"), alternatives: try row.get("alternatives"),
            future: try row.get("future"), errors: try row.get("errors"),
            pictures: pictures.split(separator: "\n").compactMap { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                guard let document = parts.first, let path = parts.last, parts.count == 2 else { return nil }
                return Standing.NamedPicture(path: String(path), document: String(document))
            })
    }
}

struct SubmissionRecord: Record {
    static let table = Table(
        "applications", "submissions", key: ["application", "round"],
        columns: [
            "application", "round", "person", "pack", "submitted_at", "content", "salts", "commitments", "digest",
        ])

    let application: ID<Application>
    let round: Int
    let person: ID<Person>
    let pack: String
    let submittedAt: Instant
    let content: Sealed
    let salts: Sealed
    let commitments: String
    let digest: String

    var values: [any SQLConvertible] {
        [application, round, person, pack, submittedAt, content, salts, commitments, digest]
    }

    /// What was submitted, sealed for this row alone.
    var fact: FrozenFact { FrozenFact(content: content, salts: salts, commitments: commitments, digest: digest) }

    static func row(of application: ID<Application>, round: Int) -> String { "\(application)/\(round)" }
}

extension SubmissionRecord {
    init(row: Row) throws {
        application = try row.get("application")
        round = try row.get("round")
        person = try row.get("person")
        pack = try row.get("pack")
        submittedAt = try row.get("submitted_at")
        content = try row.get("content")
        salts = try row.get("salts")
        commitments = try row.get("commitments")
        digest = try row.get("digest")
    }
}

struct MilestoneRecord: Record {
    static let table = Table(
        "applications", "milestones", key: ["application", "number"],
        columns: ["application", "number", "at", "round", "what", "stage", "detail"])

    let application: ID<Application>
    let number: Int
    let milestone: Milestone

    var values: [any SQLConvertible] {
        [
            application, number, milestone.at, milestone.round, milestone.what.rawValue, milestone.stage?.rawValue,
            milestone.detail,
        ]
    }
}

extension MilestoneRecord {
    init(row: Row) throws {
        application = try row.get("application")
        number = try row.get("number")
        guard let what = Milestone.What(rawValue: try row.get("what")) else {
            throw UnreadableColumn(column: "what", type: "Milestone.What")
        }
        milestone = Milestone(
            at: try row.get("at"), round: try row.get("round"), what: what,
            stage: (try row.get("stage", as: String?.self)).flatMap(Stage.init(rawValue:)),
            detail: try row.get("detail"))
    }
}
