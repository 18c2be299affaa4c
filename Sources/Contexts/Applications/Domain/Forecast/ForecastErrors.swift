/// How far off what was foretold has been, for one category and stage.
struct ForecastErrors: Sendable, Equatable {
    let category: String
    let stage: Stage
    let count: Int
    /// Working minutes, whichever way it was off.
    let median: Int
    /// Nine of ten were off by no more.
    let p90: Int
    /// How many came between the earliest and the latest that was told; 8 of 10 are meant to.
    let within: Int
    /// How many were told by the pack's promise.
    let standard: Int

    /// What came of one forecast.
    struct Result: Sendable {
        /// Working minutes from what was told as likely to what happened.
        let error: Int
        let isWithin: Bool
        let isStandard: Bool
    }

    /// - Parameter results: at least one.
    init(category: String, stage: Stage, _ results: [Result]) {
        let errors = results.map { abs($0.error) }.sorted()
        self.category = category
        self.stage = stage
        count = results.count
        median = errors[(errors.count - 1) / 2]
        p90 = errors[Int((Double(errors.count - 1) * 0.9).rounded())]
        within = results.count { $0.isWithin }
        standard = results.count { $0.isStandard }
    }
}
