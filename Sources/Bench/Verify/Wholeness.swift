import Database

/// What must hold of all rows, whatever was acknowledged: nothing is half made, nothing was done twice.
///
/// Asked once the outbox is empty, since a consequence comes later than its cause.
struct Wholeness: Sendable {
    let database: any Database

    private struct Rule {
        let words: String
        /// Gives the keys of the rows that break it, as `key`.
        let query: SQL
    }

    /// What is wrong, a line each.
    func faults() async throws -> [String] {
        try await database.read { tx in
            try Self.rules.flatMap { rule in
                try tx.rows(rule.query).map { "\(try $0.get("key", as: String.self)) \(rule.words)" }
            }
        }
    }

    private static var rules: [Rule] {
        [
            Rule(
                words: "的事件编号有缺",
                query: """
                    SELECT s.stream AS key FROM \(BenchTables.streams) s
                    LEFT JOIN (SELECT stream, COUNT(*) AS count, MIN(number) AS first, MAX(number) AS last
                               FROM \(BenchTables.events) GROUP BY stream) e ON e.stream = s.stream
                    WHERE e.stream IS NULL OR e.first <> 1 OR e.last <> e.count OR s.head <> e.last
                    ORDER BY s.stream LIMIT 20
                    """),
            Rule(
                words: "有事件，没有编号的头",
                query: """
                    SELECT DISTINCT e.stream AS key FROM \(BenchTables.events) e
                    WHERE NOT EXISTS (SELECT 1 FROM \(BenchTables.streams) s WHERE s.stream = e.stream) LIMIT 20
                    """),
            Rule(
                words: "投递到了还没有的事件",
                query: """
                    SELECT c.stream AS key FROM \(BenchTables.cursors) c JOIN \(BenchTables.streams) s ON s.stream = c.stream
                    WHERE c.head > s.head OR c.delivered > s.head ORDER BY c.stream LIMIT 20
                    """),
            Rule(
                words: "的提交没有恰好一张审核单",
                query: """
                    SELECT s.application AS key FROM \(BenchTables.submissions) s
                    WHERE (SELECT COUNT(*) FROM \(BenchTables.cases) c
                           WHERE c.application = s.application AND c.round = s.round) <> 1
                    ORDER BY s.application LIMIT 20
                    """),
            Rule(
                words: "的审核单没有提交",
                query: """
                    SELECT c.application AS key FROM \(BenchTables.cases) c
                    WHERE NOT EXISTS (SELECT 1 FROM \(BenchTables.submissions) s
                                      WHERE s.application = c.application AND s.round = c.round)
                    ORDER BY c.application LIMIT 20
                    """),
            Rule(
                words: "已审，没有决定",
                query: """
                    SELECT c.id AS key FROM \(BenchTables.cases) c
                    WHERE c.state = 'decided'
                      AND NOT EXISTS (SELECT 1 FROM \(BenchTables.decisions) d WHERE d.case_id = c.id)
                    ORDER BY c.id LIMIT 20
                    """),
            Rule(
                words: "有决定，却还没有审",
                query: """
                    SELECT d.case_id AS key FROM \(BenchTables.decisions) d
                    JOIN \(BenchTables.cases) c ON c.id = d.case_id WHERE c.state <> 'decided'
                    ORDER BY d.case_id LIMIT 20
                    """),
            Rule(
                words: "的店没有恰好一家",
                query: """
                    SELECT a.id AS key FROM \(BenchTables.applications) a
                    WHERE a.state = 'open'
                      AND (SELECT COUNT(*) FROM \(BenchTables.stores) s WHERE s.application = a.id) <> 1
                    ORDER BY a.id LIMIT 20
                    """),
            Rule(
                words: "没有开店，却有店",
                query: """
                    SELECT s.application AS key FROM \(BenchTables.stores) s
                    JOIN \(BenchTables.applications) a ON a.id = s.application WHERE a.state <> 'open'
                    ORDER BY s.application LIMIT 20
                    """),
        ]
    }
}
