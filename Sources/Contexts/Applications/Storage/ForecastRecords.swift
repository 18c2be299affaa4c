import Database
import Kernel

/// How long a submission's stages took, once it got its answer. Names no person.
struct FinishedRoundRecord: Record {
    static let table = Table(
        "applications", "finished_rounds", key: ["application", "round"],
        columns: [
            "application", "round", "category", "route", "weekday", "ended_at", "screening", "review", "agreement",
            "deposit", "opening",
        ])

    let application: ID<Application>
    let round: Int
    let finished: FinishedRound

    var values: [any SQLConvertible] {
        [
            application, round, finished.kind.category, finished.kind.route, finished.kind.weekday, finished.endedAt,
        ] + Stage.allCases.map { finished.minutes[$0] as Int? }
    }
}

extension FinishedRoundRecord {
    init(row: Row) throws {
        application = try row.get("application")
        round = try row.get("round")
        var minutes: [Stage: Int] = [:]
        for stage in Stage.allCases { minutes[stage] = try row.get(stage.rawValue, as: Int?.self) }
        finished = FinishedRound(
            kind: RoundKind(
                category: try row.get("category"), route: try row.get("route"), weekday: try row.get("weekday")),
            endedAt: try row.get("ended_at"), minutes: minutes)
    }
}

/// When a stage was expected to be done, as told when the application was handed in; and when it was.
struct ForecastRecord: Record {
    static let table = Table(
        "applications", "forecasts", key: ["application", "round", "stage"],
        columns: [
            "application", "round", "stage", "category", "earliest_at", "likely_at", "latest_at", "cases", "ended_at",
            "error",
        ])

    let application: ID<Application>
    let round: Int
    let stage: Stage
    let category: String
    let earliest: Instant
    let likely: Instant
    let latest: Instant
    /// How many of our own it was told from; 0 for the pack's promise.
    let cases: Int
    var endedAt: Instant?
    /// Working minutes from what was told as likely to what happened; less than 0 if it was done earlier.
    var error: Int?

    var values: [any SQLConvertible] {
        [application, round, stage.rawValue, category, earliest, likely, latest, cases, endedAt, error]
    }
}

extension ForecastRecord {
    init(row: Row) throws {
        application = try row.get("application")
        round = try row.get("round")
        guard let stage = Stage(rawValue: try row.get("stage")) else {
            throw UnreadableColumn(column: "stage", type: "Stage")
        }
        self.stage = stage
        category = try row.get("category")
        earliest = try row.get("earliest_at")
        likely = try row.get("likely_at")
        latest = try row.get("latest_at")
        cases = try row.get("cases")
        endedAt = try row.get("ended_at")
        error = try row.get("error")
    }
}
