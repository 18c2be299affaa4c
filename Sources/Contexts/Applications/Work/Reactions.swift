import Accounts
import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Database
import Documents
import Kernel
import Sealing
import Work

extension Applications {
    /// Hears the stages and asks the next one.
    var hearReports: EventHandler {
        EventHandler("applications.hear-reports").on(StageReport.self) { delivery, now, tx in
            let report = delivery.event
            guard var application = try store.find(report.application, in: tx), application.hear(report, at: now)
            else { return }
            try tx.update(try ApplicationRecord(application))
            try store.note(Milestone(report, at: now), on: application.id, in: tx)
            try announce(application, at: now, in: tx)
        }
    }

    /// Asks the stage that is due, and tells what others should hear of.
    func announce(_ application: Application, at now: Instant, in tx: borrowing Transaction) throws {
        let journey = application.journey
        if case .at(let stage) = journey.state { return try ask(stage, about: application, at: now, in: tx) }
        if journey.state == .open {
            try store.note(
                Milestone(at: now, round: journey.round, what: .opened, stage: nil, detail: nil), on: application.id,
                in: tx)
        }
        try tx.emit(
            ApplicationMoved(
                application: application.id, person: application.person, round: journey.round,
                state: journey.state.kind), at: now)
    }

    private func ask(
        _ stage: Stage, about application: Application, at now: Instant, in tx: borrowing Transaction
    ) throws {
        let submission = try submission(of: application.id, round: application.journey.round, in: tx)
        try tx.emit(
            StageRequested(
                application: application.id, person: application.person, stage: stage,
                round: application.journey.round, pack: application.pack, categories: submission?.categories ?? [],
                subject: submission?.values.reveal()[["subject", "type"]]?.string),
            at: now)
    }

    /// Asks the stages again for which applications are held: what could not be done before an upgrade may be possible
    /// now. The same answer as before changes nothing.
    package func askHeldAgain() async throws {
        let now = clock.now
        try await database.write { tx in
            for application in try store.held(in: tx) {
                guard let stage = application.journey.state.stage else { continue }
                try ask(stage, about: application, at: now, in: tx)
            }
        }
    }

    /// Fills the draft with what was read from a picture.
    var fillFromPictures: EventHandler {
        EventHandler("applications.fill-from-pictures").on(DocumentRead.self) { delivery, now, tx in
            guard delivery.event.state == .read,
                let reading = try documents.reading(of: delivery.event.document, in: tx)?.reveal(),
                let application = try application(whoseStreamIs: delivery.event.stream, in: tx),
                let record = try store.draft(of: application.id, in: tx)
            else { return }
            let key = try vault.existingKey(for: application.person.keyOwner, in: tx)
            let pack = try catalogue.pack(application.pack)
            let submitted = try submission(of: application.id, round: application.journey.round, in: tx)
            let rules = EditRules(application.journey.state, submitted: submitted?.values.reveal())
            let before = try key.open(record)
            var draft = before
            let document = delivery.event.document.text
            // An older picture that was replaced meanwhile has nothing to say any more.
            guard draft.values[["licence", "picture"]]?.string == document else { return }
            draft.fill(
                pack.form(in: draft.values).asked(in: draft.values).compactMap { field in
                    guard let name = field.reads, let read = reading.fields[name], rules.allows(field)
                    else { return nil }
                    return (field, Draft.ReadValue(read, of: field, document: document))
                })
            try tx.update(
                DraftRecord(
                    application: application.id, version: record.version + 1,
                    content: try key.seal(draft, of: application.id), savedAt: now))
            let standing = standing(
                of: draft, version: record.version + 1, under: pack, pack.check(draft.values, on: CivilDate(now)),
                at: now)
            try tx.save(StandingRecord(application: application.id, standing: standing))
            try releaseReplaced(
                application, before: before, after: draft, submitted: submitted?.values.reveal(), at: now, in: tx)
        }
    }

    private func application(whoseStreamIs stream: EventStream, in tx: borrowing Transaction) throws -> Application? {
        guard let text = stream.text.split(separator: "/").last, let id = ID<Application>(String(text)) else {
            return nil
        }
        return try store.find(id, in: tx)
    }
}

extension Draft.ReadValue {
    fileprivate init(_ read: ReadField, of field: PackField, document: String) {
        self.init(
            value: field.value(of: read.value)?.string ?? read.value, document: document, name: field.reads ?? "",
            isDoubtful: read.isDoubtful, box: read.box)
    }
}

extension Milestone {
    fileprivate init(_ report: StageReport, at now: Instant) {
        let (what, detail): (What, String?) =
            switch report.outcome {
            case .passed: (.passed, nil)
            case .notRequired(let rule): (.notRequired, rule)
            case .held(let rule): (.held, rule)
            case .changesRequested: (.changesRequested, nil)
            case .rejected(let refusal): (.rejected, refusal.code)
            }
        self.init(at: now, round: report.round, what: what, stage: report.stage, detail: detail)
    }
}
