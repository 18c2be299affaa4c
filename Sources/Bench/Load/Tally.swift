/// What came back on one route.
struct Tally {
    private(set) var microseconds: [UInt32] = []
    /// Wrong answers: by status, or by what was missing.
    private(set) var faults: [String: Int] = [:]
    private(set) var firstFault: String?

    init() { microseconds.reserveCapacity(1 << 16) }

    mutating func note(nanoseconds: UInt64) {
        microseconds.append(UInt32(clamping: nanoseconds / 1_000))
    }

    mutating func note(fault: String, _ body: String) {
        faults[fault, default: 0] += 1
        if firstFault == nil { firstFault = fault + "：" + body }
    }

    var count: Int { microseconds.count }
    var faultCount: Int { faults.values.reduce(0, +) }

    /// The times below which these shares of the answers came, in milliseconds.
    func percentiles(_ shares: [Double]) -> [Double] {
        let sorted = microseconds.sorted()
        guard !sorted.isEmpty else { return shares.map { _ in 0 } }
        return shares.map { share in
            let place = min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.up)) - 1)
            return Double(sorted[max(0, place)]) / 1_000
        }
    }

    static func + (left: Tally, right: Tally) -> Tally {
        var sum = left
        sum.microseconds += right.microseconds
        sum.faults.merge(right.faults, uniquingKeysWith: +)
        sum.firstFault = left.firstFault ?? right.firstFault
        return sum
    }
}
