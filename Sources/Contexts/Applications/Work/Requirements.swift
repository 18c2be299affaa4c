import Accounts
import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Database
import Documents
import Kernel

extension Applications {
    /// Everything that an application still wants.
    func requirements(of one: OpenApplication) async throws -> RequirementList {
        let now = clock.now
        let check = one.checked ?? one.pack.check(one.draft.values, on: CivilDate(now))
        let state = one.application.journey.state
        let deadline = one.deadline(askedAt: try await changesAsked(of: one))
        let isLate = deadline.map { $0 < now } ?? false
        let commented = one.commentedAndUnchanged(among: check.asked)
        let due = one.rules == .none ? [] : check.due + commented.map(\.field)
        return RequirementList(
            currentlyDue: due,
            eventuallyDue: one.rules == .none ? [] : check.eventually, pastDue: isLate ? due : [],
            pendingVerification: state.isUnderway ? check.asked : try await beingRead(check.asked, in: one),
            alternatives: one.rules == .none ? [] : check.alternatives,
            future: one.rules == .none
                ? [] : future(of: one.draft.values, under: one.application.pack, check, at: now).rules,
            errors: (one.rules == .none ? [] : check.findings) + commented.map(\.finding), deadline: deadline)
    }

    /// What other rules would ask of a draft: those in force, if it follows older ones, and those announced.
    func future(of values: JSONValue, under hash: String, _ check: FormCheck, at now: Instant) -> FutureCheck {
        let publications = comparable(at: now).filter { $0.pack != hash }
        var until: Instant?
        let rules = publications.compactMap { one in (try? catalogue.pack(one.pack)).map { (one, $0) } }.map {
            publication, pack in
            let then = pack.check(values, on: CivilDate(now))
            until = [until, then.until].compactMap(\.self).min()
            let before = Set(check.due.map(\.path))
            let after = Set(then.due.map(\.path))
            return RequirementList.FutureRules(
                pack: pack.hash, version: pack.version, effectiveAt: publication.effectiveAt,
                added: then.due.filter { !before.contains($0.path) },
                dropped: check.due.filter { !after.contains($0.path) }, errors: then.findings)
        }
        return FutureCheck(rules: rules, until: until)
    }

    /// The rules in force and those announced. What an older process can't read is left out; whoever is pinned to it can't
    /// come here.
    private func comparable(at now: Instant) -> [Publication] {
        let publications = catalogue.publications
        let inForce = [publications.inForce(at: now)].compactMap(\.self)
        return (inForce + publications.coming(at: now)).filter { (try? catalogue.pack($0.pack)) != nil }
    }

    /// What is written down about a draft when it is saved.
    func standing(
        of draft: Draft, version: Int, under pack: Pack, _ check: FormCheck, at now: Instant
    ) -> Standing {
        Standing(
            of: draft, version: version, pack: pack.hash, check,
            future(of: draft.values, under: pack.hash, check, at: now),
            rules: Standing.rules(comparable(at: now)))
    }

    /// Where an application that belongs to `person` stands, as the API tells it.
    func standing(of id: ID<Application>, for person: ID<Person>) async throws -> StandingAnswer {
        let now = clock.now
        let rules = Standing.rules(comparable(at: now))
        let found = try await database.read { tx -> (Application, Standing, reading: Set<String>)? in
            guard let application = try store.find(id, in: tx), application.person == person else {
                throw Problem.notFound
            }
            // What a reviewer asked for hangs on what was handed in.
            guard application.journey.state.kind != .changesRequested,
                let standing = try store.standing(of: id, in: tx),
                standing.holds(under: application.pack, rules: rules, at: now)
            else { return nil }
            let named = application.journey.state.isUnderway ? [] : standing.pictures.map(\.document)
            return (application, standing, try documents.beingRead(among: named, in: tx))
        }
        guard let (application, standing, reading) = found else {
            let one = try await open(id, for: person)
            return StandingAnswer(one.application, try await requirements(of: one))
        }
        let deadline = application.draftDeadline(under: try catalogue.pack(application.pack))
        return StandingAnswer(application, standing, reading: reading, deadline: deadline, at: now)
    }

    /// The version of the rules in force, if it is not the one that an application follows.
    func newerRules(than pack: Pack) -> String? {
        guard let current = try? catalogue.current(at: clock.now), current.hash != pack.hash else { return nil }
        return current.version
    }

    /// Lets a draft follow the rules that are in force now. What was typed stays.
    /// - Returns: the application under its new rules.
    func follow(_ id: ID<Application>, of person: ID<Person>) async throws -> OpenApplication {
        let now = clock.now
        let pack = try catalogue.current(at: now)
        let subject = try await open(id, for: person).form.selection.subject
        guard pack.content.subject(subject) != nil else { throw ApplicationRefusal.unknownSubject }
        try await database.write { tx in
            guard var application = try store.find(id, in: tx), application.person == person else {
                throw Problem.notFound
            }
            guard application.journey.state.isWithApplicant else { throw ApplicationRefusal.locked }
            guard application.pack != pack.hash else { return }
            application.follow(pack: pack.hash, at: now)
            try tx.update(try ApplicationRecord(application))
            try store.note(
                Milestone(
                    at: now, round: application.journey.round, what: .rulesChanged, stage: nil, detail: pack.version),
                on: id, in: tx)
        }
        return try await open(id, for: person)
    }

    /// Changes who applies. Only a draft that was never handed in may.
    func choose(subject: String, for id: ID<Application>, of person: ID<Person>) async throws -> OpenApplication {
        try await change(id, of: person) { one in
            guard one.rules == .all else { throw ApplicationRefusal.locked }
            guard one.pack.content.subject(subject) != nil else { throw ApplicationRefusal.unknownSubject }
            var draft = one.draft
            draft.choose(subject: subject)
            return draft
        }
    }

    /// When the reviewer asked for changes last.
    private func changesAsked(of one: OpenApplication) async throws -> Instant? {
        guard case .changesRequested = one.application.journey.state else { return nil }
        return try await database.read { tx in
            try store.milestones(of: one.application.id, in: tx).last { $0.what == .changesRequested }?.at
        }
    }

    /// The pictures that are being read at this moment.
    private func beingRead(_ asked: [PackField], in one: OpenApplication) async throws -> [PackField] {
        let pictures = asked.compactMap { field in
            field.kind.isPicture ? one.draft.text(field).map { (field, $0) } : nil
        }
        if pictures.isEmpty { return [] }
        return try await database.read { tx in
            let reading = try documents.beingRead(among: pictures.map(\.1), in: tx)
            return pictures.filter { reading.contains($0.1) }.map(\.0)
        }
    }
}

extension Application {
    /// Until when a draft has to be handed in, counted from the last time that somebody worked on it; nil for others.
    fileprivate func draftDeadline(under pack: Pack) -> Instant? {
        journey.state == .draft ? updatedAt + .seconds(pack.content.deadlines.draft * 86_400) : nil
    }
}

extension OpenApplication {
    /// Until when the applicant has to act; nil when others do, or when all is over. A draft counts from the last time
    /// somebody worked on it, a request for changes from the day it was made.
    fileprivate func deadline(askedAt: Instant?) -> Instant? {
        switch application.journey.state {
        case .draft: application.draftDeadline(under: pack)
        case .changesRequested:
            (askedAt ?? application.updatedAt) + .seconds(pack.content.deadlines.changes * 86_400)
        case .at, .held, .rejected, .open, .withdrawn: nil
        }
    }

    /// What the reviewer wants changed and still is as it was handed in.
    fileprivate func commentedAndUnchanged(among asked: [PackField]) -> [(field: PackField, finding: Finding)] {
        let comments = openedComments
        return comments.isEmpty
            ? []
            : asked.compactMap { field in
                guard let comment = comments[field.path], let value = draft.values[field.pointer],
                    value == submitted?[field.pointer]
                else { return nil }
                return (
                    field,
                    Finding(
                        path: field.path, code: "review.change_requested", message: "审核员：\(comment)", hint: field.hint)
                )
            }
    }
}

extension JourneyState {
    /// Whether it is the applicant's turn.
    var isWithApplicant: Bool {
        switch self {
        case .draft, .changesRequested: true
        case .at, .held, .rejected, .open, .withdrawn: false
        }
    }

    /// Whether others are looking at it.
    var isUnderway: Bool {
        switch self {
        case .at, .held: true
        case .draft, .changesRequested, .rejected, .open, .withdrawn: false
        }
    }
}
