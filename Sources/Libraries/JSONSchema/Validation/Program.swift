/// A compiled schema.
final class Program: Sendable {
    func accepts(_ tape: Tape) -> Bool { false }
    func judge(_ tape: Tape, maximumErrors: Int) -> SchemaFindings { SchemaFindings() }
    func judge(draft tape: Tape, maximumErrors: Int) -> DraftFindings { DraftFindings() }
}
