import Applications
import CanonicalJSON
import ChineseIdentifiers
import Kernel
import Testing

@testable import Screening

@Suite("Checking a company")
struct EntityCheckTests {
    private func codes(
        _ code: String, prefixes: [String] = ["91"], others: [ID<Application>] = []
    ) -> [String] {
        EntityCheck(hasCode: true, creditCode: try? CreditCode(code), expectedPrefixes: prefixes, others: others)
            .findings.map(\.code)
    }

    @Test("An ordinary company gives no reason to look twice")
    func ordinary() { #expect(codes(CreditCode.example.plain) == []) }

    @Test("Who has no code by law is not asked why")
    func withoutCode() {
        #expect(EntityCheck(hasCode: false, creditCode: nil, expectedPrefixes: [], others: []).findings == [])
    }

    @Test("A code that is none is told, not guessed", arguments: ["", "91330106", "91330106MA9TE5T04F"])
    func unreadable(code: String) { #expect(codes(code) == ["screening.credit_code_unreadable"]) }

    @Test("A code of another kind of body is pointed out with the kind's name")
    func prefix() throws {
        let check = EntityCheck(hasCode: true, creditCode: .example, expectedPrefixes: ["92"], others: [])
        #expect(check.findings.map(\.code) == ["screening.registration_prefix"])
        #expect(check.findings.first?.message.contains("企业") == true)
        #expect(codes(CreditCode.example.plain, prefixes: []) == [])
    }

    @Test("The check digit inside the organisation code is a warning")
    func organizationCode() throws {
        let code = try #require(Self.codeWithWrongInnerDigit())
        #expect(codes(code) == ["uscc.organization_check_digit"])
    }

    @Test("Other people's applications for the same company are counted, never named")
    func duplicates() {
        let others: [ID<Application>] = [.numbered(20), .numbered(21)]
        let check = EntityCheck(hasCode: true, creditCode: .example, expectedPrefixes: ["91"], others: others)
        #expect(check.findings.map(\.code) == ["screening.duplicate_entity"])
        #expect(check.findings.first?.message.contains("2 份") == true)
        let words = check.findings.map { $0.message + ($0.hint ?? "") }.joined()
        #expect(others.allSatisfy { !words.contains($0.text) })
    }

    @Test("The kept features say that no registry was asked")
    func features() {
        let check = EntityCheck(hasCode: true, creditCode: .example, expectedPrefixes: ["91"], others: [.numbered(20)])
        let features = check.features(of: .example(.screening), at: .example)
        #expect(features["registry"] == "not_asked")
        #expect(features["creditCode"]?.string == CreditCode.example.plain)
        #expect(features["otherApplications"]?.array?.count == 1)
        #expect(features["findings"] == ["screening.duplicate_entity"])
    }

    /// A valid code for companies whose inner organisation code carries a wrong check digit.
    private static func codeWithWrongInnerDigit() -> String? {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        for inner in alphabet {
            for check in alphabet {
                let text = String(CreditCode.example.plain.prefix(16)) + String(inner) + String(check)
                if let code = try? CreditCode(text), code.warnings == [.organizationCheckDigit] { return text }
            }
        }
        return nil
    }
}
