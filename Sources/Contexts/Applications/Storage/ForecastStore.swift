import Database
import Kernel

struct ForecastStore {
    /// The submissions of a kind that were answered last, each group by an index and at most 200 of it.
    func recent(_ kind: RoundKind, in tx: borrowing Transaction) throws -> RecentRounds {
        var groups: [StageEstimate.Scope: [FinishedRound]] = [:]
        for scope in StageEstimate.Scope.allCases {
            let alike: SQL =
                switch scope {
                case .route: "route = \(kind.route)"
                case .category: "route = \(kind.route) AND category = \(kind.category)"
                case .weekday:
                    "route = \(kind.route) AND category = \(kind.category) AND weekday = \(kind.weekday)"
                }
            let records: [FinishedRoundRecord] = try tx.all(
                """
                SELECT \(columns: FinishedRoundRecord.table) FROM \(FinishedRoundRecord.table)
                WHERE \(alike) ORDER BY ended_at DESC LIMIT \(RecentRounds.most)
                """)
            groups[scope] = records.map(\.finished)
            // With too few of the route, the narrower groups are not asked.
            if scope == .route, records.count < RecentRounds.enough { break }
        }
        return RecentRounds(groups)
    }

    func forecast(
        of application: ID<Application>, round: Int, _ stage: Stage, in tx: borrowing Transaction
    ) throws -> ForecastRecord? {
        try tx.first(
            """
            SELECT \(columns: ForecastRecord.table) FROM \(ForecastRecord.table)
            WHERE application = \(application) AND round = \(round) AND stage = \(stage.rawValue)
            """)
    }

    /// The forecasts that came to their end since a moment, the last ones first.
    func ended(since: Instant, limit: Int, in tx: borrowing Transaction) throws -> [ForecastRecord] {
        try tx.all(
            """
            SELECT \(columns: ForecastRecord.table) FROM \(ForecastRecord.table)
            WHERE ended_at >= \(since) ORDER BY ended_at DESC LIMIT \(limit)
            """)
    }
}
