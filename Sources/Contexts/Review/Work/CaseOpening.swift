import Applications
import CanonicalJSON
import Catalogue
import Database
import Kernel
import Sealing
import Work

/// Opens a case when an application reaches its review, and closes it when the application is withdrawn.
struct CaseOpening: Sendable {
    let sources: CaseSources
    private let cases = CaseStore()
    private let acts = ActStore()

    init(sources: CaseSources) { self.sources = sources }

    var handler: EventHandler {
        EventHandler("review.keep-cases")
            .on(StageRequested.self) { delivery, now, tx in
                guard delivery.event.stage == .review else { return }
                try open(for: delivery.event, at: now, in: tx)
            }
            .on(ApplicationMoved.self) { delivery, now, tx in
                guard delivery.event.state == .withdrawn else { return }
                try close(delivery.event.application, at: now, in: tx)
            }
            .replayable()
    }

    /// A pack that asks for an expert can't be satisfied yet, and says so instead of sending a case to the queue.
    private func open(for request: StageRequested, at now: Instant, in tx: borrowing Transaction) throws {
        let pack = try sources.pack(request.pack)
        let expert = pack.demands(for: request.categories).expert
        guard !expert.isRequired else {
            return try tx.emit(StageReport(to: request, .held(rule: expert.rule)), at: now)
        }
        guard try cases.find(request.application, round: request.round, in: tx) == nil else { return }
        let submission = try sources.knownSubmission(request.application, round: request.round, in: tx)
        let opened = Case(
            id: .new(at: now), application: request.application, person: request.person, round: request.round,
            pack: request.pack, company: Self.company(in: submission, under: pack),
            categories: pack.names(of: request.categories),
            submittedAt: submission.submittedAt)
        try cases.open(opened, in: tx)
        try acts.note(.opened, on: opened, at: now, in: tx)
    }

    private func close(_ application: ID<Application>, at now: Instant, in tx: borrowing Transaction) throws {
        for var open in try cases.cases(of: application, in: tx) {
            let before = open.state
            open.close(at: now)
            guard open.state != before else { continue }
            try cases.save(open, in: tx)
            try acts.note(.closed, on: open, at: now, in: tx)
        }
    }

    /// A company's name is public registry data, so it may stand in lists.
    private static func company(in submission: Submission, under pack: Pack) -> String {
        pack.title(of: submission.values.reveal()) ?? "（未填名称）"
    }
}
