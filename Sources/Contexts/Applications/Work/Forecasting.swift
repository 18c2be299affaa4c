import CanonicalJSON
import Catalogue
import Database
import Kernel
import Sealing
import WorkingTime

/// Tells when answers are expected, and learns from those that came.
extension Applications {
    private var forecasts: ForecastStore { ForecastStore() }

    /// Called in the transaction that heard a stage's report: keeps what was foretold, and what came of it.
    func learn(from report: StageReport, about application: Application, in tx: borrowing Transaction) throws {
        // The others wait for the applicant, or for nobody.
        guard [.screening, .review, .opening].contains(report.stage) else { return }
        let round = application.journey.round
        let milestones = try store.milestones(of: application.id, in: tx).filter { $0.round == round }
        // Rules that this version can't read must not stop the journey.
        guard let last = milestones.last, let pack = (try? catalogue.pack(application.pack))?.content,
            let submission = try submission(of: application.id, round: round, in: tx)
        else { return }
        let kind = RoundKind(
            of: submission.categories, as: submission.values.reveal()[["subject", "type"]]?.string, under: pack,
            submittedAt: submission.submittedAt)
        if report.stage == .screening {
            return try foretell(kind, submission, promised: pack.promisedHours(submission.categories), in: tx)
        }
        if var forecast = try forecasts.forecast(of: application.id, round: round, report.stage, in: tx),
            application.journey.state.kind != .held
        {
            forecast.endedAt = last.at
            forecast.error = calendar.signedMinutes(from: forecast.likely, to: last.at)
            try tx.update(forecast)
        }
        if let finished = FinishedRound(kind, milestones, in: calendar) {
            try tx.save(FinishedRoundRecord(application: application.id, round: round, finished: finished))
        }
    }

    /// Writes down what the applicant is told of the review and of the opening, as it stood when he handed in.
    private func foretell(
        _ kind: RoundKind, _ submission: Submission, promised: Int, in tx: borrowing Transaction
    ) throws {
        let windows = try windows(kind.stages, of: kind, from: submission.submittedAt, promised: promised, in: tx)
        for stage in [Stage.review, .opening] {
            guard let window = windows[stage] else { continue }
            try tx.save(
                ForecastRecord(
                    application: submission.application, round: submission.round, stage: stage,
                    category: kind.category, earliest: window.earliest, likely: window.likely, latest: window.latest,
                    cases: window.basis.cases, endedAt: nil, error: nil))
        }
    }

    private func windows(
        _ stages: [Stage], of kind: RoundKind, from start: Instant, promised: Int, in tx: borrowing Transaction
    ) throws -> [Stage: TimeWindow] {
        let now = clock.now
        var estimates: [[Stage]: StageEstimate] = [:]
        for index in stages.indices {
            let first = Array(stages[...index])
            estimates[first] = try estimateShelf.estimate(first, of: kind, promised: promised, at: now, in: tx)
        }
        return TimeWindow.windows(stages, from: start, in: calendar) { estimates[$0] }
    }

    /// When each stage to go is expected to be done; none while nothing is under way.
    func outlook(of one: OpenApplication, _ milestones: [Milestone], in tx: borrowing Transaction) throws -> Outlook {
        guard case .at(let stage) = one.application.journey.state,
            let submission = try submission(of: one.application.id, round: one.application.journey.round, in: tx)
        else { return .none }
        let current = milestones.filter { $0.round == submission.round && $0.what != .rulesChanged }
        let kind = RoundKind(
            of: submission.categories, as: submission.values.reveal()[["subject", "type"]]?.string,
            under: one.pack.content, submittedAt: submission.submittedAt)
        let toGo = kind.stages.drop { $0 != stage }
        guard let start = current.last?.at, !toGo.isEmpty else { return .none }
        let windows = try windows(
            Array(toGo), of: kind, from: start, promised: one.pack.content.promisedHours(submission.categories), in: tx)
        let year = windows.values.map(\.latest).max()?.inShanghai.year
        return Outlook(windows: windows, isAnnounced: year.map { calendar.holidays.basis(of: $0) != .law } ?? true)
    }
}

/// When the stages to go are expected to be done.
struct Outlook: Sendable {
    let windows: [Stage: TimeWindow]
    /// Whether the days off of the last one's year are announced.
    let isAnnounced: Bool

    static let none = Outlook(windows: [:], isAnnounced: true)
}

extension StageEstimate.Basis {
    /// How many of our own; 0 for the pack's promise.
    var cases: Int {
        switch self {
        case .own(let cases, _): cases
        case .standard: 0
        }
    }
}

extension PackContent {
    /// Working hours until a decision, as the strictest route of these categories promises them.
    func promisedHours(_ categories: [String]) -> Int { route(for: categories)?.hours ?? 24 }
}

extension WorkingCalendar {
    /// Working minutes from one moment to another, less than 0 if that is earlier.
    func signedMinutes(from start: Instant, to end: Instant) -> Int {
        let ahead = time(from: start.milliseconds, to: end.milliseconds)
        return Int((ahead - time(from: end.milliseconds, to: start.milliseconds)) / 60_000)
    }
}
