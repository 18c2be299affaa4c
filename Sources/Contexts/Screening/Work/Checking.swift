import Accounts
import Applications
import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Database
import Kernel
import Sealing
import Work

/// Checks what can be checked here, notes it for the reviewer, and answers the stage.
struct Checking: Sendable {
    let submission: @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?
    let pack: @Sendable (_ hash: String) throws -> Pack
    let vault: Vault
    private let entities = EntityStore()
    private let checks = CheckStore()

    init(
        submission: @escaping @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?,
        pack: @escaping @Sendable (_ hash: String) throws -> Pack, vault: Vault
    ) {
        self.submission = submission
        self.pack = pack
        self.vault = vault
    }

    /// What is to be checked was never submitted, or its owner's data was erased.
    struct MissingSubmission: Error {}

    var handler: EventHandler {
        EventHandler("screening.check")
            .on(StageRequested.self) { delivery, now, tx in
                guard delivery.event.stage == .screening else { return }
                try check(delivery.event, at: now, in: tx)
            }
            .on(ApplicationMoved.self) { delivery, _, tx in
                try entities.mark(delivery.event.application, isLive: delivery.event.state.isLive, in: tx)
            }
    }

    private func check(_ request: StageRequested, at now: Instant, in tx: borrowing Transaction) throws {
        guard let submission = try submission(request.application, request.round, tx) else { throw MissingSubmission() }
        let pack = try pack(request.pack)
        let values = submission.values.reveal()
        let subject = pack.content.subject(pack.content.selection(in: values).subject)
        let typed = values[["licence", "creditCode"]]?.string
        let creditCode = typed.flatMap { try? CreditCode($0) }
        let entity = EntityRecord(
            application: request.application, person: request.person, creditCode: creditCode?.plain ?? "",
            round: request.round, isLive: true, seenAt: now)
        try entities.save(entity, in: tx)
        let check = EntityCheck(
            hasCode: subject?.creditCodePrefixes.isEmpty == false, creditCode: creditCode,
            expectedPrefixes: subject?.creditCodePrefixes ?? [],
            others: try entities.others(like: entity, in: tx))
        let key = try vault.existingKey(for: request.person.keyOwner, in: tx)
        let features = try FrozenFact(
            check.features(of: request, at: now), under: key, place: CheckRecord.place,
            row: CheckRecord.row(of: request.application, round: request.round))
        try checks.save(CheckRecord(request, findings: check.findings, features: features, at: now), in: tx)
        try tx.emit(StageReport(to: request, Self.outcome(pack.demands(for: request.categories).screening)), at: now)
    }

    /// A registry that the pack wants to be asked can't be asked yet: the application waits and is told by which rule.
    static func outcome(_ demand: Demand) -> StageOutcome {
        demand.isRequired ? .held(rule: demand.rule) : .passed
    }

    func latest(of application: ID<Application>, in tx: borrowing Transaction) throws -> CheckRecord? {
        try checks.latest(of: application, in: tx)
    }
}

extension JourneyState.Kind {
    /// Whether an application in this state counts when somebody else applies for the same company.
    fileprivate var isLive: Bool {
        switch self {
        case .underway, .held, .changesRequested, .open: true
        case .draft, .rejected, .withdrawn: false
        }
    }
}
