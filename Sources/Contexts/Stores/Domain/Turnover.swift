package import Accounts
package import Kernel
package import Work

/// What somebody's shops sold in a calendar year, against what may be sold before one has to be registered.
///
/// 网络交易监督管理办法 Art. 8: small and occasional trade (零星小额) needs no registration up to ¥100,000 a year, counted
/// over all shops of the same person. The figure comes from the rule pack.
struct Turnover: Sendable, Equatable {
    /// A calendar year in China.
    let year: Int
    private(set) var sum: Money
    /// Nil for those who are registered already: they may sell as much as they like.
    let limit: Money?

    /// More than can be counted.
    struct Overflow: Error {}

    /// How near it is to the limit; nil without a limit.
    var level: TurnoverLevel? {
        guard let limit else { return nil }
        if sum >= limit { return .reached }
        // Four fifths, rounded up: `limit * 4` may be too large a number.
        return sum.fen >= limit.fen - limit.fen / 5 ? .near : .ok
    }

    /// The whole per cents of the limit that are sold; nil without a limit.
    var percent: Int? {
        guard let limit, limit.fen > 0 else { return nil }
        return Int(clamping: Int128(sum.fen) * 100 / Int128(limit.fen))
    }

    /// Counts a sale, or what was given back if `change` is below zero.
    mutating func add(_ change: Money) throws(Overflow) {
        let (fen, overflow) = sum.fen.addingReportingOverflow(change.fen)
        guard !overflow else { throw Overflow() }
        sum = Money(fen: fen)
    }

    /// The level that has to be told, if any: each is told once a year, also when refunds bring the sum down and it
    /// rises again. That the limit is near matters only while the year lasts.
    ///
    /// - Parameters:
    ///   - told: the highest level that was told for this year.
    ///   - current: the year that it is now.
    func news(told: TurnoverLevel, current: Int) -> TurnoverLevel? {
        guard let level, level > told else { return nil }
        return level == .near && year < current ? nil : level
    }
}

/// How near somebody is to what may be sold in a year without being registered.
package enum TurnoverLevel: String, Codable, Sendable, CaseIterable, Comparable {
    case ok
    /// From four fifths of the limit.
    case near
    /// The limit is sold out: one has to register (电子商务法 Art. 10).
    case reached

    private var rank: Int {
        switch self {
        case .ok: 0
        case .near: 1
        case .reached: 2
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// A natural person's shops came near to what may be sold in a year, or reached it.
package struct TurnoverReached: Event {
    package static let name = "stores.turnover_reached"

    package let person: ID<Person>
    /// The shop whose sale it was.
    package let store: ID<Store>
    package let year: Int
    package let level: TurnoverLevel

    package var stream: EventStream { EventStream(kind: "turnover", id: person.text) }

    package init(person: ID<Person>, store: ID<Store>, year: Int, level: TurnoverLevel) {
        self.person = person
        self.store = store
        self.year = year
        self.level = level
    }
}

extension Turnover.Overflow: ProblemConvertible {
    var problem: Problem {
        Problem(.unprocessable, code: "sales.sum_overflow", title: "金额加起来太大，这一批都没有记录", hint: "请检查 amount 的单位：1 元写 100")
    }
}
