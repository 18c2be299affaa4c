/// Writes a pattern in RE2's syntax. Nothing of the source text is copied, so no spelling can mean something else.
struct RE2Text {
    private(set) var text = ""

    init(_ pattern: ECMAPattern) { write(pattern) }

    private mutating func write(_ pattern: ECMAPattern) {
        switch pattern {
        case .empty: text += "(?:)"
        case .one(let set): write(set)
        case .sequence(let parts): for part in parts { write(grouped: part) }
        case .choice(let branches):
            for (index, branch) in branches.enumerated() {
                if index > 0 { text += "|" }
                write(grouped: branch)
            }
        case .repetition(let inner, let min, let max):
            text += "(?:"
            write(inner)
            text += ")"
            switch (min, max) {
            case (0, nil): text += "*"
            case (1, nil): text += "+"
            case (0, 1): text += "?"
            case (_, nil): text += "{\(min),}"
            case (_, let max?): text += "{\(min),\(max)}"
            }
        case .start: text += "\\A"
        case .end: text += "\\z"
        case .wordBoundary(let isNegated): text += isNegated ? "\\B" : "\\b"
        }
    }

    private mutating func write(grouped pattern: ECMAPattern) {
        guard case .choice = pattern else { return write(pattern) }
        text += "(?:"
        write(pattern)
        text += ")"
    }

    private mutating func write(_ set: ECMAPattern.CharacterClass) {
        if let scalars = set.scalars {
            // Sets without characters, or with all, can't be written as a class.
            if scalars.ranges.isEmpty {
                text += "[^\\x{0}-\\x{10FFFF}]"
                return
            }
            text += "["
            for range in scalars.ranges { write(range) }
        } else {
            text += set.isNegated ? "[^" : "["
            for range in ScalarSet(set.ranges).ranges { write(range) }
            for property in set.properties { text += (property.isNegated ? "\\P{" : "\\p{") + property.name + "}" }
        }
        text += "]"
    }

    private mutating func write(_ range: ClosedRange<UInt32>) {
        text += "\\x{\(String(range.lowerBound, radix: 16))}"
        if range.count > 1 { text += "-\\x{\(String(range.upperBound, radix: 16))}" }
    }
}
