import Accounts
import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Database
import Documents
import Kernel
import Sealing
import Work

/// An application with its draft opened, as one read found them.
struct OpenApplication: Sendable {
    let application: Application
    let draft: Draft
    let version: Int
    /// The journey as its row keeps it.
    let journeyText: String
    let savedAt: Instant
    let key: OwnerKey
    let pack: Pack
    /// The values of the last submission, if its reviewer asked for changes.
    let submitted: JSONValue?
    /// What the draft's answers make the pack ask.
    let form: PackForm
    let rules: EditRules
    /// What the form says about the draft, if it was checked already.
    let checked: FormCheck?

    /// The fields that are asked now, rows of lists included.
    var asked: [PackField] { form.asked(in: draft.values) }

    init(
        record: ApplicationRecord, draft: Draft, version: Int, savedAt: Instant, key: OwnerKey, pack: Pack,
        submitted: JSONValue?, checked: FormCheck? = nil, on today: CivilDate
    ) {
        application = record.application
        journeyText = record.journey
        self.draft = draft
        self.version = version
        self.savedAt = savedAt
        self.key = key
        self.pack = pack
        self.submitted = submitted
        form = pack.form(in: draft.values)
        let isAsked = application.journey.state.kind == .changesRequested
        self.checked = isAsked ? checked ?? pack.check(draft.values, on: today) : checked
        let wrong = isAsked ? self.checked?.findings.map(\.path) ?? [] : []
        rules = EditRules(application.journey.state, submitted: submitted, wrong: Set(wrong))
    }
}

extension Applications {
    /// Begins a draft for `person`, pinned to today's pack.
    ///
    /// - Parameter subject: who applies; nil for the pack's first.
    func create(
        for person: ID<Person>, as subject: String? = nil, key token: IdempotencyKey?
    ) async throws -> ID<Application> {
        let now = clock.now
        let pack = try catalogue.current(at: now)
        if let subject, pack.content.subject(subject) == nil { throw ApplicationRefusal.unknownSubject }
        var draft = Draft()
        draft.choose(subject: subject ?? pack.content.subjects.first?.id ?? "")
        let first = draft
        let application = Application(id: .new(at: now), person: person, pack: pack.hash, at: now)
        let standing = standing(
            of: first, version: 1, under: pack, pack.check(first.values, on: CivilDate(now)), at: now)
        let answer = try await database.write { tx in
            try tx.once(token, at: now) { tx in
                let key = try vault.key(for: person.keyOwner, at: now, in: tx)
                try tx.insert(try ApplicationRecord(application))
                try tx.insert(
                    DraftRecord(
                        application: application.id, version: 1, content: try key.seal(first, of: application.id),
                        savedAt: now))
                try tx.insert(StandingRecord(application: application.id, standing: standing))
                try store.note(
                    Milestone(at: now, round: 0, what: .created, stage: nil, detail: nil), on: application.id, in: tx)
                return application.id.text
            }
        }
        return ID(answer) ?? application.id
    }

    /// An application that belongs to `person`. Somebody else's is not found.
    func open(_ id: ID<Application>, for person: ID<Person>) async throws -> OpenApplication {
        let found = try await database.read { tx -> (ApplicationRecord, DraftRecord, OwnerKey, JSONValue?)? in
            guard let record = try store.record(of: id, in: tx), record.application.person == person,
                let draft = try store.draft(of: id, in: tx)
            else { return nil }
            let application = record.application
            let key = try vault.existingKey(for: person.keyOwner, in: tx)
            let wantsChanges = application.journey.state.kind == .changesRequested
            let submitted =
                wantsChanges ? try submission(of: id, round: application.journey.round, in: tx)?.values.reveal() : nil
            return (record, draft, key, submitted)
        }
        guard let (record, draft, key, submitted) = found else { throw Problem.notFound }
        return OpenApplication(
            record: record, draft: try key.open(draft), version: draft.version, savedAt: draft.savedAt, key: key,
            pack: try catalogue.pack(record.application.pack), submitted: submitted, on: CivilDate(clock.now))
    }

    /// Changes a draft. If another page saved it meanwhile, the change is made again on what that page left.
    func change(
        _ id: ID<Application>, of person: ID<Person>, adding uploads: [Documents.Upload] = [],
        _ body: @Sendable (OpenApplication) throws -> Draft
    ) async throws -> OpenApplication {
        for _ in 0..<5 {
            let before = try await open(id, for: person)
            guard before.rules != .none else { throw ApplicationRefusal.locked }
            let after = try body(before)
            let content = try before.key.seal(after, of: id)
            let now = clock.now
            let check = before.pack.check(after.values, on: CivilDate(now))
            let standing = standing(of: after, version: before.version + 1, under: before.pack, check, at: now)
            let isSaved = try await database.write { tx in
                guard try store.save(content, over: before, at: now, in: tx) else { return false }
                try tx.save(StandingRecord(application: id, standing: standing))
                for upload in uploads { try documents.attach(upload, telling: id.stream, at: now, in: tx) }
                try releaseReplaced(
                    before.application, before: before.draft, after: after, submitted: before.submitted, at: now, in: tx
                )
                return true
            }
            if isSaved {
                var application = before.application
                application.touch(at: now)
                return OpenApplication(
                    record: try ApplicationRecord(application), draft: after, version: before.version + 1,
                    savedAt: now, key: before.key, pack: before.pack, submitted: before.submitted, checked: check,
                    on: CivilDate(now))
            }
        }
        throw ApplicationRefusal.busy
    }

    /// Hands an application in: freezes what was filled in and asks the first stage.
    /// - Throws: `IncompleteApplication`, `Journey.Refusal`.
    ///
    /// - Parameters:
    ///   - patch: a last change of the draft, kept in the same act.
    ///   - key: the idempotency key of the submission with this number; a form that was kept from an earlier round must
    ///     not be taken for a repetition of it.
    /// - Returns: the number of the submission.
    @discardableResult
    func submit(
        _ id: ID<Application>, of person: ID<Person>, statement: String, adding patch: DraftPatch? = nil,
        key: (Int) -> IdempotencyKey?
    ) async throws -> Int {
        for _ in 0..<5 {
            let now = clock.now
            let before = try await open(id, for: person)
            // A repeated request is answered below, from the remembered key, and not by today's state.
            let isOpen = before.rules != .none
            let draft = isOpen ? try patch?.draft(on: before) ?? before.draft : before.draft
            let check = isOpen ? before.pack.check(draft.values, on: CivilDate(now)) : nil
            if let check, !check.isComplete { throw IncompleteApplication(check: check) }
            var application = before.application
            let refusal = Result { () throws(Journey.Refusal) in try application.submit(at: now) }
            let round = application.journey.round
            let fact = try FrozenFact(
                before.submission(of: draft, round: round, statement, at: now), under: before.key,
                place: Self.submissionPlace, row: SubmissionRecord.row(of: id, round: round))
            let kept = try check.flatMap { check in
                draft == before.draft
                    ? nil
                    : try KeptDraft(
                        draft, over: before,
                        standing(
                            of: draft, version: before.version + 1, under: before.pack, check, at: now))
            }
            let submitted = application
            do {
                try await write(submitted, fact, draft: kept, over: before, key(round), at: now) { try refusal.get() }
                return round
            } catch ApplicationRefusal.busy {
                continue
            }
        }
        throw ApplicationRefusal.busy
    }

    /// A draft that is saved as it is handed in.
    private struct KeptDraft {
        let content: Sealed
        let standing: Standing

        init(_ draft: Draft, over before: OpenApplication, _ standing: Standing) throws {
            content = try before.key.seal(draft, of: before.application.id)
            self.standing = standing
        }
    }

    private func write(
        _ submitted: Application, _ fact: FrozenFact, draft: KeptDraft?, over before: OpenApplication,
        _ token: IdempotencyKey?, at now: Instant, allowed: @escaping @Sendable () throws -> Void
    ) async throws {
        let id = submitted.id
        _ = try await database.write { tx in
            try tx.once(token, at: now) { tx in
                try allowed()
                guard try store.find(id, in: tx) == before.application,
                    try store.version(of: id, in: tx) == before.version
                else { throw ApplicationRefusal.busy }
                try tx.update(try ApplicationRecord(submitted))
                if let draft {
                    try tx.update(
                        DraftRecord(
                            application: id, version: before.version + 1, content: draft.content, savedAt: now))
                    try tx.save(StandingRecord(application: id, standing: draft.standing))
                }
                try tx.insert(SubmissionRecord(submitted, fact, at: now))
                try store.note(
                    Milestone(at: now, round: submitted.journey.round, what: .submitted, stage: nil, detail: nil),
                    on: id, in: tx)
                try announce(submitted, at: now, in: tx)
                return "submitted"
            }
        }
    }

    /// Takes an application back.
    func withdraw(_ id: ID<Application>, of person: ID<Person>, key token: IdempotencyKey?) async throws {
        let now = clock.now
        _ = try await database.write { tx in
            try tx.once(token, at: now) { tx in
                guard var application = try store.find(id, in: tx), application.person == person else {
                    throw Problem.notFound
                }
                try application.withdraw(at: now)
                try tx.update(try ApplicationRecord(application))
                try store.note(
                    Milestone(at: now, round: application.journey.round, what: .withdrawn, stage: nil, detail: nil),
                    on: id, in: tx)
                try announce(application, at: now, in: tx)
                return "withdrawn"
            }
        }
    }
}

extension OpenApplication {
    /// What is frozen: only what the form asks; hidden values stay in the draft.
    fileprivate func submission(of draft: Draft, round: Int, _ statement: String, at now: Instant) -> JSONValue {
        [
            "application": .string(application.id.text), "round": .number(JSONNumber(Int64(round))),
            "pack": .string(application.pack), "statement": .string(statement), "submittedAt": .string(now.iso8601),
            "categories": .array(pack.categories(in: draft.values).map { .string($0) }),
            "values": pack.form(in: draft.values).kept(of: draft.values),
        ]
    }
}

extension SubmissionRecord {
    fileprivate init(_ application: Application, _ fact: FrozenFact, at now: Instant) {
        self.init(
            application: application.id, round: application.journey.round, person: application.person,
            pack: application.pack, submittedAt: now, content: fact.content, salts: fact.salts,
            commitments: fact.commitments, digest: fact.digest)
    }
}

extension CivilDate {
    /// The day in Shanghai.
    init(_ now: Instant) {
        let time = now.inShanghai
        self = CivilDate(year: time.year, month: time.month, day: time.day) ?? .example
    }
}
