import Foundation
import Testing

@testable import JSONSchema

@Suite("The official test suite")
struct OfficialSuiteTests {
    /// Optional tests that do not pass, and why.
    static let exceptions = [
        "cross-draft.json: refs to historic drafts are processed as historic drafts":
            "only draft 2020-12 is implemented; a schema of another draft is refused when it is loaded"
    ]

    @Test("Every required test passes, every optional one but those with a reason, and all agree with drafts")
    func all() throws {
        try #require(
            FileManager.default.fileExists(atPath: OfficialSuite.root.path),
            "The suite is not there: run scripts/setup test")
        let required = try run("tests/draft2020-12", assertsFormat: false)
        let formats = try run("tests/draft2020-12/optional/format", assertsFormat: true)
        let optional = try run("tests/draft2020-12/optional", assertsFormat: false)
        print(
            "JSON Schema 2020-12: required \(required); optional/format \(formats); optional \(optional)",
            optional.failures.map { "  not \($0): \(Self.exceptions[$0] ?? "?")" }.joined(separator: "\n"),
            separator: "\n")

        #expect(required.failures.isEmpty)
        #expect(required.total > 1200)
        #expect(formats.failures.isEmpty)
        #expect(formats.total > 400)
        #expect(optional.failures == Self.exceptions.keys.sorted())
        #expect(optional.total > 150)
    }

    struct Outcome: CustomStringConvertible {
        var passed = 0
        var total = 0
        /// File and group of what does not pass.
        var failures: [String] = []

        var description: String { "\(passed) of \(total)" }
    }

    private func run(_ folder: String, assertsFormat: Bool) throws -> Outcome {
        let registry = try OfficialSuite.registry()
        var outcome = Outcome()
        for group in try OfficialSuite.groups(folder) {
            outcome.total += group.tests.count
            let options = Schema.Options(assertsFormat: assertsFormat, registry: registry)
            let schema = try? Schema(group.schema, options: options)
            let passed = group.tests.count { test in
                guard let schema else { return false }
                compareJudges(schema, test.document, "\(group.file): \(group.name): \(test.name)")
                return schema.isValid(test.document) == test.isValid
            }
            outcome.passed += passed
            if passed < group.tests.count { outcome.failures.append("\(group.file): \(group.name)") }
        }
        return outcome
    }
}

/// Expects that the quick judge, the one that explains and the one for drafts say the same of a whole document.
func compareJudges(_ schema: Schema, _ document: JSONDocument, _ note: String) {
    let isValid = schema.isValid(document)
    let draft = schema.check(draft: document)
    #expect(schema.validate(document).isEmpty == isValid, "\(note)")
    #expect(draft.isComplete == isValid, "\(note)")
    if isValid { #expect(draft.errors.isEmpty, "\(note): \(draft.errors)") }
    if !isValid { #expect(!draft.isSilent, "\(note): silent") }
}

extension DraftFindings {
    /// Whether there is nothing to say.
    var isSilent: Bool { errors.isEmpty && missing.isEmpty && alternatives.isEmpty && undecided.isEmpty }
}
