import Composition
import Foundation
import Testing

@Suite("The operator's manual")
struct ConfigurationDocsTests {
    @Test("Lists every setting with its default and meaning, in the same order, and nothing else")
    func settings() throws {
        #expect(try Self.rows() == Settings.keys.map { [$0.name, $0.standard, $0.meaning] })
    }

    /// The table's rows: name, default, meaning.
    private static func rows() throws -> [[String]] {
        let manual = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/operations.md")
        return try String(contentsOf: manual, encoding: .utf8).split(separator: "\n").compactMap { line in
            let row = line.wholeMatch(of: #/\| `(RUZHU_[A-Z0-9_]+)` \| (?:`(.+)`|（空）) \| (.+) \|/#)
            guard let row else { return nil }
            return [String(row.1), row.2.map(String.init) ?? "", String(row.3)]
        }
    }
}
