import Applications
import CanonicalJSON
import Kernel

/// What a reviewer typed into the decision form, not checked yet.
struct DecisionDraft: Sendable, Equatable {
    /// `approve`, `changes` or `reject`.
    let decision: String?
    let reason: String?
    let note: String?
    /// Comments that are not empty, by field path.
    let comments: [String: String]

    static let longestComment = 200
    static let longestNote = 500

    /// All that is wrong with a draft.
    struct Faults: Error, Equatable {
        let findings: [Finding]
    }

    /// The decision that this draft makes about `values`.
    ///
    /// Words that a decision would not carry to the applicant are refused rather than dropped.
    func checked(against values: JSONValue) throws(Faults) -> Decision {
        var findings = lengthFindings
        let made: Decision? =
            switch decision {
            case "approve": approval(&findings)
            case "changes": changes(in: values, &findings)
            case "reject": rejection(&findings)
            default: unknown(&findings)
            }
        guard findings.isEmpty, let made else { throw Faults(findings: findings) }
        return made
    }

    private func approval(_ findings: inout [Finding]) -> Decision? {
        if !comments.isEmpty || note != nil {
            findings.append(
                Finding(
                    path: note == nil ? "" : "/note", code: "decision.words_on_approval", message: "通过时不会把意见发给申请人",
                    hint: "请清空意见和留言再通过，或改为要求修改"))
        }
        return .approve
    }

    private func changes(in values: JSONValue, _ findings: inout [Finding]) -> Decision? {
        if comments.isEmpty {
            findings.append(
                Finding(
                    path: "", code: "decision.comment_missing", message: "要求修改至少要对一项提意见",
                    hint: "在要改的那一项下面点“提意见”，写清哪里不对、怎么改"))
        }
        if note != nil {
            findings.append(
                Finding(
                    path: "/note", code: "decision.note_on_changes", message: "要求修改只把各项意见发给申请人",
                    hint: "请把要说的写到相应那一项的意见里，再清空留言"))
        }
        for path in comments.keys.sorted() where !Self.isField(path, of: values) {
            findings.append(
                Finding(path: path, code: "decision.unknown_path", message: "这次提交里没有这一项", hint: "请刷新后再试"))
        }
        return .requestChanges(comments)
    }

    private func rejection(_ findings: inout [Finding]) -> Decision? {
        if !comments.isEmpty {
            findings.append(
                Finding(
                    path: "", code: "decision.comments_on_rejection", message: "驳回不会把各项意见发给申请人",
                    hint: "请把要说的写进“给申请人的话”，再清空各项意见"))
        }
        guard let code = reason.flatMap(RejectionReason.init(rawValue:)) else {
            findings.append(Finding(path: "/reason", code: "decision.reason_missing", message: "驳回要选一个原因"))
            return nil
        }
        if code == .other, note == nil {
            findings.append(
                Finding(path: "/note", code: "decision.note_missing", message: "选“其他原因”时要写明理由", hint: "申请人会看到这句话"))
        }
        return .reject(code, note: note)
    }

    private func unknown(_ findings: inout [Finding]) -> Decision? {
        findings.append(Finding(path: "", code: "decision.unknown", message: "请选择通过、要求修改或驳回"))
        return nil
    }

    private var lengthFindings: [Finding] {
        var findings = comments.keys.sorted().filter { (comments[$0]?.count ?? 0) > Self.longestComment }.map {
            Finding(path: $0, code: "decision.comment_too_long", message: "一条意见最多 \(Self.longestComment) 个字")
        }
        if let note, note.count > Self.longestNote {
            findings.append(
                Finding(path: "/note", code: "decision.note_too_long", message: "留言最多 \(Self.longestNote) 个字"))
        }
        return findings
    }

    /// A list is kept as rows under ids such as `r0001`; it can be spoken of as a whole.
    private static func isRow(_ key: String) -> Bool { key.wholeMatch(of: #/r[0-9a-z]{4}/#) != nil }

    /// Whether a path leads to a value that was submitted, rather than to a group of them or nowhere.
    private static func isField(_ path: String, of values: JSONValue) -> Bool {
        guard let pointer = try? JSONPointer(path), !pointer.tokens.isEmpty, let value = values[pointer] else {
            return false
        }
        return value.object.map { rows in rows.keys.allSatisfy(Self.isRow) && !rows.isEmpty } ?? true
    }
}
