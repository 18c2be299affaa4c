/// A pattern as a table: one look-up a byte. State 0 never matches any more, state 1 has matched already.
struct ByteTable {
    private(set) var classes = [UInt8](repeating: 0, count: 256)
    private(set) var classCount = 1
    /// `next[state * classCount + class]`
    private(set) var next: [UInt16] = []
    private(set) var acceptsAtEnd: [Bool] = [false, true]
    private(set) var start: UInt16 = 0

    /// The table as it is run: a state is the place of its row, and a last column says whether it accepts at the end.
    var rows: [UInt16] {
        let width = classCount + 1
        return acceptsAtEnd.indices.flatMap { state in
            next[(state * classCount)..<((state + 1) * classCount)].map { $0 * UInt16(width) }
                + [acceptsAtEnd[state] ? 1 : 0]
        }
    }

    /// The row of the first state.
    var startRow: Int { Int(start) * (classCount + 1) }

    private static let mostStates = 400
    /// States looked at while building; about a hundredth of a second.
    private static let mostWork = 1_000_000

    /// Nil when the table would become too large.
    init?(_ automaton: ByteAutomaton) {
        divideBytes(automaton)
        var subsets = Subsets(automaton)
        start = subsets.add([automaton.start], isStart: true)
        next = [UInt16](repeating: 0, count: classCount) + [UInt16](repeating: 1, count: classCount)
        var sample = [UInt8](repeating: 0, count: classCount)
        for byte in (0...255).reversed() { sample[Int(classes[byte])] = UInt8(byte) }
        var state = 2
        while state < subsets.members.count {
            guard subsets.members.count <= Self.mostStates, subsets.work < Self.mostWork else { return nil }
            acceptsAtEnd.append(subsets.reachesMatchAtEnd(state))
            for byte in sample { next.append(subsets.add(subsets.step(state, byte), isStart: false)) }
            state += 1
        }
        guard state <= Self.mostStates, state * (classCount + 1) < Int(UInt16.max) else { return nil }
        dropHopelessStates()
    }

    /// Bytes that no state tells apart share a class.
    private mutating func divideBytes(_ automaton: ByteAutomaton) {
        var borders = [Bool](repeating: false, count: 257)
        for case .byte(let range, _) in automaton.states {
            borders[Int(range.lowerBound)] = true
            borders[Int(range.upperBound) + 1] = true
        }
        var current: UInt8 = 0
        for byte in 0..<256 {
            if byte > 0, borders[byte] { current += 1 }
            classes[byte] = current
        }
        classCount = Int(current) + 1
    }

    /// Sends every state from which no match can come to state 0, so that the search ends there.
    private mutating func dropHopelessStates() {
        var isHopeful = acceptsAtEnd
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for state in isHopeful.indices where !isHopeful[state] {
                let row = next[(state * classCount)..<((state + 1) * classCount)]
                if row.contains(where: { isHopeful[Int($0)] }) {
                    isHopeful[state] = true
                    hasChanged = true
                }
            }
        }
        for place in next.indices where !isHopeful[Int(next[place])] { next[place] = 0 }
        if !isHopeful[Int(start)] { start = 0 }
    }
}

/// The subset construction: sets of states of the nondeterministic automaton, numbered.
private struct Subsets {
    let automaton: ByteAutomaton
    /// The numbers 0 and 1 are taken by the two final states.
    private(set) var members: [[Int]] = [[], []]
    private var isStart: [Bool] = [false, false]
    private var numbers: [Key: UInt16] = [:]
    /// Which closure has last seen a state.
    private var marks: [Int]
    private var round = 0
    /// States looked at so far.
    private(set) var work = 0

    private struct Key: Hashable {
        let states: [Int]
        let isStart: Bool
    }

    init(_ automaton: ByteAutomaton) {
        self.automaton = automaton
        marks = [Int](repeating: 0, count: automaton.states.count)
    }

    /// The number of the set that some states lead to without reading anything.
    mutating func add(_ states: [Int], isStart: Bool) -> UInt16 {
        let closed = closure(states, isStart: isStart, isEnd: false)
        if closed.contains(0) { return 1 }
        // Only what waits for a byte or for the end tells sets apart.
        let waiting = closed.filter {
            switch automaton.states[$0] {
            case .byte, .atEnd: true
            default: false
            }
        }
        if waiting.isEmpty { return 0 }
        let key = Key(states: waiting, isStart: isStart)
        if let number = numbers[key] { return number }
        let number = UInt16(min(members.count, Int(UInt16.max)))
        members.append(waiting)
        self.isStart.append(isStart)
        numbers[key] = number
        return number
    }

    /// The states that a set reaches by a byte.
    func step(_ number: Int, _ byte: UInt8) -> [Int] {
        members[number].compactMap {
            if case .byte(let range, let next) = automaton.states[$0], range.contains(byte) { next } else { nil }
        }
    }

    mutating func reachesMatchAtEnd(_ number: Int) -> Bool {
        closure(members[number], isStart: isStart[number], isEnd: true).contains(0)
    }

    private mutating func closure(_ states: [Int], isStart: Bool, isEnd: Bool) -> [Int] {
        round += 1
        var seen: [Int] = []
        var open = states
        while let state = open.popLast() {
            guard marks[state] != round else { continue }
            marks[state] = round
            seen.append(state)
            switch automaton.states[state] {
            case .either(let first, let second):
                open.append(first)
                open.append(second)
            case .atStart(let next) where isStart: open.append(next)
            case .atEnd(let next) where isEnd: open.append(next)
            case .byte, .match, .atStart, .atEnd: break
            }
        }
        work += seen.count
        return seen.sorted()
    }
}
