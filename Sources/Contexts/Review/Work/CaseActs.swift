import Accounts
import Applications
import CanonicalJSON
import Catalogue
import Database
import Kernel
import Sealing
import Work

/// What a reviewer does with a case. Each act is one change inside a transaction.
struct CaseActs: Sendable {
    let sources: CaseSources
    let vault: Vault
    private let cases = CaseStore()
    private let acts = ActStore()
    private let decisions = DecisionStore()
    private let readings = ReadingLog()

    init(sources: CaseSources, vault: Vault) {
        self.sources = sources
        self.vault = vault
    }

    /// The place at which notes to the applicant are sealed, under the applicant's key.
    static let notePlace: StaticString = "review.note"

    func claim(_ id: ID<Case>, by reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws {
        var subject = try known(id, in: tx)
        let before = subject.state
        try subject.claim(by: reviewer, at: now)
        try cases.save(subject, in: tx)
        if case .claimed(let claim) = before, claim.reviewer == reviewer { return }
        try acts.note(.claimed, on: subject, by: reviewer, at: now, in: tx)
    }

    func release(_ id: ID<Case>, by reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws {
        var subject = try known(id, in: tx)
        try subject.release(by: reviewer)
        try cases.save(subject, in: tx)
        try acts.note(.released, on: subject, by: reviewer, at: now, in: tx)
    }

    /// Notes activity, which keeps the claim alive.
    func use(_ id: ID<Case>, by reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction) throws {
        var subject = try known(id, in: tx)
        try subject.use(by: reviewer, at: now)
        try cases.save(subject, in: tx)
    }

    /// Decides a case, freezes the decision and reports it.
    /// - Throws: `CaseRefusal`; `DecisionDraft.Faults` with all that is wrong with the draft.
    @discardableResult
    func decide(
        _ id: ID<Case>, _ draft: DecisionDraft, by reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction
    ) throws -> Verdict {
        var subject = try known(id, in: tx)
        try subject.use(by: reviewer, at: now)
        let submission = try sources.knownSubmission(subject.application, round: subject.round, in: tx)
        let decision = try draft.checked(against: submission.values.reveal())
        try subject.decide(decision.verdict, by: reviewer, at: now)
        try cases.save(subject, in: tx)
        let key = try vault.existingKey(for: subject.person.keyOwner, in: tx)
        let frozen = FrozenDecision(
            decision: decision, subject: subject, submissionDigest: submission.digest, reviewer: reviewer,
            decidedAt: now)
        try decisions.add(DecisionRecord(frozen, under: key), in: tx)
        try acts.note(.decided, on: subject, by: reviewer, at: now, in: tx)
        let report = StageReport(
            application: subject.application, stage: .review, round: subject.round,
            outcome: try StageOutcome(decision, under: key))
        try tx.emit(report, at: now)
        return decision.verdict
    }

    /// Notes that a reviewer reads one covered value in the clear.
    /// - Throws: `CaseRefusal` unless the reviewer holds the case; `notFound` for a path that covers nothing.
    func reveal(
        _ path: String, of id: ID<Case>, by reviewer: ID<Person>, at now: Instant, in tx: borrowing Transaction
    ) throws {
        var subject = try known(id, in: tx)
        try subject.use(by: reviewer, at: now)
        let submission = try sources.knownSubmission(subject.application, round: subject.round, in: tx)
        let values = submission.values.reveal()
        guard let field = try sources.pack(subject.pack).form(in: values).field(at: path), field.isPersonal,
            values[field.pointer] != nil
        else { throw Problem.notFound }
        try cases.save(subject, in: tx)
        try readings.note(
            of: subject.person.keyOwner, by: reviewer.text, what: path, purpose: "review", at: now, in: tx)
    }

    private func known(_ id: ID<Case>, in tx: borrowing Transaction) throws -> Case {
        guard let subject = try cases.find(id, in: tx) else { throw Problem.notFound }
        return subject
    }
}

extension StageOutcome {
    /// What the applicant's side hears of a decision.
    fileprivate init(_ decision: Decision, under key: OwnerKey) throws {
        func sealed(_ text: String) throws -> Sealed { try key.seal(text, place: CaseActs.notePlace) }
        switch decision {
        case .approve:
            self = .passed
        case .requestChanges(let comments):
            self = .changesRequested(
                try comments.sorted { $0.key < $1.key }.map { FieldComment(path: $0, note: try sealed($1)) })
        case .reject(let reason, let note):
            self = .rejected(Refusal(code: reason.rawValue, note: try note.map(sealed)))
        }
    }
}

extension DecisionRecord {
    fileprivate init(_ frozen: FrozenDecision, under key: OwnerKey) throws {
        let fact = try FrozenFact(
            frozen.json, under: key, place: DecisionRecord.place, row: frozen.subject.id.text)
        var reason: RejectionReason?
        if case .reject(let code, _) = frozen.decision { reason = code }
        self.init(
            caseID: frozen.subject.id, application: frozen.subject.application, round: frozen.subject.round,
            person: frozen.subject.person, verdict: frozen.decision.verdict, reason: reason,
            reviewer: frozen.reviewer, decidedAt: frozen.decidedAt, content: fact.content, salts: fact.salts,
            commitments: fact.commitments, digest: fact.digest)
    }
}
