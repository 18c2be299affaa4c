/// A pattern as a nondeterministic automaton over UTF-8 bytes (Thompson's construction).
struct ByteAutomaton {
    enum State {
        case byte(ClosedRange<UInt8>, next: Int)
        case either(Int, Int)
        case atStart(next: Int)
        case atEnd(next: Int)
        case match
    }

    private(set) var states: [State] = [.match]
    private(set) var start = 0

    private static let mostStates = 3000

    /// Nil when the pattern needs Unicode properties or word boundaries, or would become too large.
    init?(_ pattern: ECMAPattern) {
        guard let first = add(pattern, before: 0) else { return nil }
        // A match may begin anywhere.
        start = append(.either(first, 0))
        let step = append(.byte(0...0xFF, next: start))
        states[start] = .either(first, step)
    }

    private mutating func append(_ state: State) -> Int {
        states.append(state)
        return states.count - 1
    }

    /// Adds a pattern that goes on to a state; its first state.
    private mutating func add(_ pattern: ECMAPattern, before next: Int) -> Int? {
        guard states.count < Self.mostStates else { return nil }
        switch pattern {
        case .empty: return next
        case .one(let set): return set.scalars.map { add($0, before: next) }
        case .start: return append(.atStart(next: next))
        case .end: return append(.atEnd(next: next))
        case .wordBoundary: return nil
        case .sequence(let parts):
            var first = next
            for part in parts.reversed() {
                guard let added = add(part, before: first) else { return nil }
                first = added
            }
            return first
        case .choice(let branches):
            var first: Int?
            for branch in branches.reversed() {
                guard let added = add(branch, before: next) else { return nil }
                first = first.map { append(.either(added, $0)) } ?? added
            }
            return first
        case .repetition(let inner, let min, let max): return add(inner, min, max, before: next)
        }
    }

    private mutating func add(_ inner: ECMAPattern, _ min: Int, _ max: Int?, before next: Int) -> Int? {
        var first = next
        if let max {
            for _ in min..<Swift.max(min, max) {
                guard let added = add(inner, before: first) else { return nil }
                first = append(.either(added, next))
            }
        } else {
            let loop = append(.either(next, next))
            guard let added = add(inner, before: loop) else { return nil }
            states[loop] = .either(added, next)
            first = loop
        }
        for _ in 0..<min {
            guard let added = add(inner, before: first) else { return nil }
            first = added
        }
        return first
    }

    private mutating func add(_ set: ScalarSet, before next: Int) -> Int {
        // A state that nothing leaves, for the empty set.
        var first: Int?
        for sequence in set.ranges.flatMap(UTF8Ranges.sequences).reversed() {
            var state = next
            for range in sequence.reversed() { state = append(.byte(range, next: state)) }
            first = first.map { append(.either(state, $0)) } ?? state
        }
        guard let first else {
            let dead = append(.match)
            states[dead] = .either(dead, dead)
            return dead
        }
        return first
    }
}

/// Ranges of scalars as sequences of byte ranges.
enum UTF8Ranges {
    static func sequences(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        let (low, high) = (range.lowerBound, range.upperBound)
        for limit: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= limit && limit < high {
            return sequences(low...limit) + sequences((limit + 1)...high)
        }
        if high <= 0x7F { return [[UInt8(low)...UInt8(high)]] }
        for tail in 1..<4 where high > (1 << (6 * tail)) {
            let mask: UInt32 = (1 << (6 * UInt32(tail))) - 1
            guard low & ~mask != high & ~mask else { continue }
            if low & mask != 0 { return sequences(low...(low | mask)) + sequences(((low | mask) + 1)...high) }
            if high & mask != mask {
                return sequences(low...((high & ~mask) - 1)) + sequences((high & ~mask)...high)
            }
        }
        return [zip(encode(low), encode(high)).map { $0...$1 }]
    }

    /// Surrogates are encoded as if they were characters; no valid text has them.
    private static func encode(_ value: UInt32) -> [UInt8] {
        let tail = { (shift: UInt32) in UInt8(truncatingIfNeeded: 0x80 | (value >> shift & 0x3F)) }
        if value <= 0x7FF { return [UInt8(0xC0 | value >> 6), tail(0)] }
        if value <= 0xFFFF { return [UInt8(0xE0 | value >> 12), tail(6), tail(0)] }
        return [UInt8(0xF0 | value >> 18), tail(12), tail(6), tail(0)]
    }
}
