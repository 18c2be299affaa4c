import Web
import WorkingTime

/// How far off the expected times were that applicants were told when they handed in.
struct ForecastPage: Sendable {
    let page: PageFrame
    let days: String
    let hours: String
    /// Set when there were more than are counted.
    let cut: String?
    let hasRows: Bool
    let rows: [Row]

    struct Row: Sendable {
        let category: String
        let stage: String
        let count: String
        let median: String
        let p90: String
        /// Whole per cents.
        let within: String
        let standard: String
    }

    init(
        page: PageFrame, _ ended: [ForecastRecord], days: Int, isCut: Bool, hours: WorkingHours,
        name: (String) -> String
    ) {
        self.page = page
        self.days = "\(days)"
        self.hours = hours.text
        cut = isCut ? "\(ended.count)" : nil
        let groups = Dictionary(grouping: ended) { [$0.category, $0.stage.rawValue] }.values
        let errors = groups.compactMap { group in
            group.first.map { ForecastErrors(category: $0.category, stage: $0.stage, group.compactMap(\.result)) }
        }
        func place(_ one: ForecastErrors) -> Int { Stage.allCases.firstIndex(of: one.stage) ?? 0 }
        rows = errors.sorted { ($0.category, place($0)) < ($1.category, place($1)) }
            .map { Row($0, name: name($0.category)) }
        hasRows = !rows.isEmpty
    }
}

extension ForecastPage.Row {
    fileprivate init(_ errors: ForecastErrors, name: String) {
        category = name
        stage = errors.stage.title
        count = "\(errors.count)"
        median = Self.time(errors.median)
        p90 = Self.time(errors.p90)
        within = "\(errors.within * 100 / errors.count)"
        standard = "\(errors.standard)"
    }

    /// `35 分` or `3 小时 10 分` of working time.
    private static func time(_ minutes: Int) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60)
        if hours == 0 { return "\(rest) 分" }
        return rest == 0 ? "\(hours) 小时" : "\(hours) 小时 \(rest) 分"
    }
}

extension ForecastRecord {
    fileprivate var result: ForecastErrors.Result? {
        guard let endedAt, let error else { return nil }
        return .init(error: error, isWithin: earliest <= endedAt && endedAt <= latest, isStandard: cases == 0)
    }
}
