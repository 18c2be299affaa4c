import Applications
import CanonicalJSON
import Kernel
import Testing

@testable import Review

@Suite("A decision draft")
struct DecisionDraftTests {
    let values = JSONValue.submissionExample

    private func codes(
        _ decision: String?, reason: String? = nil, note: String? = nil, _ comments: [String: String] = [:]
    ) -> [String] {
        let draft = DecisionDraft(decision: decision, reason: reason, note: note, comments: comments)
        do throws(DecisionDraft.Faults) {
            _ = try draft.checked(against: values)
            return []
        } catch {
            return error.findings.map(\.code)
        }
    }

    @Test("Complete drafts become decisions")
    func complete() throws {
        #expect(try DecisionDraft.approval.checked(against: values) == .approve)
        #expect(
            try DecisionDraft.changes.checked(against: values)
                == .requestChanges(["/licence/address": "门牌号看不清，请重拍"]))
        #expect(
            try DecisionDraft.rejection.checked(against: values)
                == .reject(.categoryNotCovered, note: "经营范围里没有食品销售"))
    }

    @Test("Changes can't be asked for without saying where")
    func missingComment() { #expect(codes("changes") == ["decision.comment_missing"]) }

    @Test(
        "A comment must be about something that was submitted",
        arguments: ["", "/", "/licence", "/nowhere", "/licence/picture/0", "licence/name", "/shop/categories/7", "/~2"])
    func unknownPath(path: String) { #expect(codes("changes", [path: "看不清"]) == ["decision.unknown_path"]) }

    @Test(
        "Fields, pictures and lists can be commented on",
        arguments: ["/licence/name", "/licence/picture", "/shop/categories", "/qualifications/food-operation/number"])
    func knownPath(path: String) { #expect(codes("changes", [path: "请改"]) == []) }

    @Test("A rejection needs a reason that exists", arguments: [nil, "nonsense", ""])
    func reason(code: String?) { #expect(codes("reject", reason: code, note: "x") == ["decision.reason_missing"]) }

    @Test("Every reason can be given", arguments: RejectionReason.allCases)
    func reasons(code: RejectionReason) {
        #expect(codes("reject", reason: code.rawValue, note: "说明") == [])
        #expect(!code.text.isEmpty)
    }

    @Test("“Other” has to be explained")
    func other() { #expect(codes("reject", reason: "other") == ["decision.note_missing"]) }

    @Test("Words that would not reach the applicant are refused, not dropped")
    func lostWords() {
        #expect(codes("approve", ["/licence/name": "错字"]) == ["decision.words_on_approval"])
        #expect(codes("approve", note: "欢迎") == ["decision.words_on_approval"])
        #expect(codes("changes", note: "其他都好", ["/licence/name": "错字"]) == ["decision.note_on_changes"])
        #expect(codes("reject", reason: "prohibited", ["/licence/name": "错字"]) == ["decision.comments_on_rejection"])
    }

    @Test("Long words are refused at their field")
    func length() {
        #expect(codes("changes", ["/licence/name": String(repeating: "长", count: 200)]) == [])
        #expect(
            codes("changes", ["/licence/name": String(repeating: "长", count: 201)]) == ["decision.comment_too_long"])
        #expect(
            codes("reject", reason: "prohibited", note: String(repeating: "长", count: 501))
                == ["decision.note_too_long"])
    }

    @Test("Without a button there is no decision", arguments: [nil, "", "later"])
    func unknown(decision: String?) { #expect(codes(decision) == ["decision.unknown"]) }
}
