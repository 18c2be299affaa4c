/// Where most of some durations lie, in minutes: one in ten is shorter than `low`, one in ten longer than `high`.
package struct Spread: Sendable, Equatable {
    package let low: Double
    package let median: Double
    package let high: Double

    package static let none = Spread(low: 0, median: 0, high: 0)

    package init(low: Double, median: Double, high: Double) {
        self.low = low
        self.median = median
        self.high = high
    }

    /// - Parameter durations: at least one.
    package init(of durations: [Int]) {
        let sorted = durations.sorted()
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return Double(sorted[below]) + (place - Double(below)) * Double(sorted[above] - sorted[below])
        }
        self.init(low: quantile(0.1), median: quantile(0.5), high: quantile(0.9))
    }

    /// Between this and another; a weight of 1 is this one.
    package func shrunk(to other: Spread, weight: Double) -> Spread {
        func between(_ own: Double, _ others: Double) -> Double { weight * own + (1 - weight) * others }
        return Spread(
            low: between(low, other.low), median: between(median, other.median), high: between(high, other.high))
    }
}
