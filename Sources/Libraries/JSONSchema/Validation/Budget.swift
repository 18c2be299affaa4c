/// Bounds on the work for one document: far more than any sensible schema needs, and an end for those whose work
/// multiplies with every level.
enum Budget {
    /// What a document may cost in all.
    static func whole(_ tape: Tape) -> Int { 200_000 + 100 * tape.count + 2 * tape.byteCount }

    /// What applying a schema to one value costs: its members or elements are stepped through, its text is read.
    @inline(__always)
    static func cost(of value: TapeNode) -> Int {
        value.isContainer ? 1 &+ value.low : value.isKind(.string) ? 1 &+ value.high >> 5 : 1
    }

    /// What saying one thing costs.
    static let report = 25

    /// How many schemas may be applied inside one another. Two megabytes of stack are enough for it.
    static let deepest = 3000
}
