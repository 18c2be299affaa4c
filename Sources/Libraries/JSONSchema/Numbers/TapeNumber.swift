/// Numbers on a tape, short or long.
extension TapeView {
    func decimal(_ index: Int) -> DecimalText {
        let node = nodes[index]
        return node.has(TapeNode.long) ? DecimalText(text(index)) : DecimalText(ShortNumber(node))
    }

    /// Whether a number is smaller than a number of another tape.
    @inline(__always)
    func isNumber(_ index: Int, lessThan other: TapeView, _ otherIndex: Int) -> Bool {
        let (a, b) = (nodes[index], other.nodes[otherIndex])
        if (a.flags | b.flags) & TapeNode.long == 0 { return ShortNumber(a) < ShortNumber(b) }
        return decimal(index) < other.decimal(otherIndex)
    }

    func isNumber(_ index: Int, equalTo other: TapeView, _ otherIndex: Int) -> Bool {
        let (a, b) = (nodes[index], other.nodes[otherIndex])
        if (a.flags | b.flags) & TapeNode.long == 0 { return a.payload == b.payload && a.exponent == b.exponent }
        return a.flags == b.flags && decimal(index) == other.decimal(otherIndex)
    }

    func isNumber(_ index: Int, multipleOf divisor: ShortNumber) -> Bool {
        let node = nodes[index]
        return node.has(TapeNode.long)
            ? decimal(index).isMultiple(of: divisor) : ShortNumber(node).isMultiple(of: divisor)
    }
}
