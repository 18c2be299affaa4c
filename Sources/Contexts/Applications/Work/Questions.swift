import Accounts
import CanonicalJSON
import Catalogue
import Database
import Documents
import Kernel
import Sealing

/// What the pages ask of an application beyond its draft.
extension Applications {
    /// One application in a person's list.
    struct Overview: Sendable {
        let application: Application
        let company: String?
        let savedAt: Instant
    }

    func overview(of person: ID<Person>) async throws -> [Overview] {
        try await database.read { tx in
            let mine = try store.all(of: person, in: tx)
            guard !mine.isEmpty else { return [] }
            let key = try vault.existingKey(for: person.keyOwner, in: tx)
            return try mine.map { application in
                let record = try store.draft(of: application.id, in: tx)
                let draft = try record.map { try key.open($0) }
                return Overview(
                    application: application,
                    company: draft.flatMap { draft in
                        (try? catalogue.pack(application.pack))?.title(of: draft.values)
                    },
                    savedAt: record?.savedAt ?? application.updatedAt)
            }
        }
    }

    /// An application's history and what came of it.
    struct Story: Sendable {
        let milestones: [Milestone]
        let shop: String?
        let outlook: Outlook
    }

    func story(of one: OpenApplication) async throws -> Story {
        try await database.read { tx in
            let milestones = try store.milestones(of: one.application.id, in: tx)
            return Story(
                milestones: milestones, shop: try shopLink(one.application.id, tx),
                outlook: try outlook(of: one, milestones, in: tx))
        }
    }

    /// What the page shows of the pictures that a step's fields hold, by path.
    func pictureStates(of step: PackStep, in one: OpenApplication) async throws -> [String: PictureState] {
        var states: [String: PictureState] = [:]
        for field in step.asked(in: one.draft.values) where field.kind.isPicture {
            states[field.path] = try await pictureState(of: field, in: one)
        }
        if step.fields.contains(where: { $0.reads != nil }),
            let licence = one.asked.first(where: { $0.kind == .licence })
        {
            states[licence.path] = try await pictureState(of: licence, in: one)
        }
        return states
    }

    func pictureState(of field: PackField, in one: OpenApplication) async throws -> PictureState? {
        guard let text = one.draft.text(field), let id = ID<Document>(text) else { return nil }
        let found = try await database.read { tx -> (Document, PictureReading?)? in
            guard let document = try documents.document(id, in: tx), document.person == one.application.person else {
                return nil
            }
            return (document, try documents.reading(of: id, in: tx)?.reveal())
        }
        return found.map { PictureState(field, document: $0.0, reading: $0.1, in: one) }
    }
}

extension OpenApplication {
    /// What the reviewer said, by path, opened for the applicant whom it is for.
    var openedComments: [String: String] {
        guard case .changesRequested(let comments) = application.journey.state else { return [:] }
        return Dictionary(
            comments.map { ($0.path, opened($0.note) ?? "请按要求修改") }, uniquingKeysWith: { first, _ in first })
    }

    func opened(_ note: Sealed?) -> String? {
        note.flatMap { try? key.openText($0, place: "review.note").reveal() }
    }

    /// The id of the first step.
    var firstStep: String { form.steps.first?.id ?? "review" }

    /// The first step that still wants something.
    var nextStepPath: String {
        let missing = form.steps.first { $0.isWanting(draft.values) }
        guard let missing else { return ApplicationPath.review(application.id) }
        return ApplicationPath.step(application.id, missing.id)
    }
}

extension PackStep {
    /// Whether a value that is asked for is not there yet.
    func isWanting(_ values: JSONValue) -> Bool {
        asked(in: values).contains { $0.isRequired && $0.kind != .list && (values[$0.pointer]?.isBlank ?? true) }
    }
}
