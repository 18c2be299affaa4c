/// What a schema says of a value: now, and whatever may be added to it.
///
/// Additions are members of objects and further elements of arrays, at any depth. A whole document knows no
/// additions: there the outlook follows from the answer.
struct Verdict {
    /// Whether whole validation accepts the value as it is.
    let passes: Bool
    let outlook: Outlook

    /// Kleene's three values, in order.
    enum Outlook: Int, Comparable {
        /// Refused whatever is added.
        case never
        case open
        /// Accepted whatever is added.
        case always

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    static let accepted = Verdict(passes: true, outlook: .always)
    static let refused = Verdict(passes: false, outlook: .never)

    /// A verdict that nothing added can change.
    static func settled(_ passes: Bool) -> Verdict { passes ? accepted : refused }

    static func && (left: Self, right: Self) -> Verdict {
        Verdict(passes: left.passes && right.passes, outlook: min(left.outlook, right.outlook))
    }

    static func || (left: Self, right: Self) -> Verdict {
        Verdict(passes: left.passes || right.passes, outlook: max(left.outlook, right.outlook))
    }

    static prefix func ! (verdict: Self) -> Verdict {
        Verdict(passes: !verdict.passes, outlook: Outlook(rawValue: 2 - verdict.outlook.rawValue) ?? .open)
    }
}

/// Which children of one object or array have been evaluated, surely and possibly.
struct Marks {
    var sure: [Bool] = []
    var possible: [Bool] = []

    /// Nobody wants to know.
    static let none = Marks()

    init() {}

    init(count: Int) {
        sure = [Bool](repeating: false, count: count)
        possible = sure
    }

    var emptyCopy: Marks { Marks(count: sure.count) }

    mutating func insert(_ place: Int, _ verdict: Verdict = .accepted) {
        guard sure.indices.contains(place) else { return }
        if verdict.passes { sure[place] = true }
        if verdict.outlook > .never { possible[place] = true }
    }

    /// Takes over what a schema has marked, as far as the schema accepts.
    mutating func formUnion(_ other: Marks, _ verdict: Verdict) {
        for place in sure.indices where place < other.sure.count {
            if verdict.passes, other.sure[place] { sure[place] = true }
            if verdict.outlook > .never, other.possible[place] { possible[place] = true }
        }
    }
}
