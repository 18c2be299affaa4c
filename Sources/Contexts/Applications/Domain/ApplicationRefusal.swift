import Catalogue
package import Kernel

extension Journey.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .alreadySubmitted:
            Problem(.conflict, code: rawValue, title: "申请已经提交，正在处理", hint: "如需修改，可以先撤回，或等审核员提出修改")
        case .ended:
            Problem(.conflict, code: rawValue, title: "这份申请已经结束", hint: "可以在“我的申请”里重新开始一份")
        }
    }
}

/// Something is still due or wrong, so that the application can't be handed in. Tells each field.
struct IncompleteApplication: ProblemConvertible {
    let check: FormCheck

    var problem: Problem {
        let due = check.due.map { field in
            Finding(path: field.path, code: "field.due", message: "\(field.label)还没填", hint: field.hint)
        }
        return Problem(
            .unprocessable, code: "application.incomplete", title: "还有内容没填好", hint: "请按列出的项目补齐后再提交",
            findings: due + check.findings)
    }
}

/// Why a write to an application is not done. The raw value is the stable code.
package enum ApplicationRefusal: String, ProblemConvertible {
    case truthMissing = "application.truth_missing"
    case locked = "application.locked"
    case busy = "application.busy"
    case unknownSubject = "application.unknown_subject"

    package var problem: Problem {
        switch self {
        case .truthMissing:
            Problem(.unprocessable, code: rawValue, title: "请先确认资料真实", hint: "勾选声明后再提交")
        case .locked:
            Problem(.conflict, code: rawValue, title: "这一步现在不能修改", hint: "申请正在处理；已填写的内容都保留着")
        case .unknownSubject:
            Problem(.unprocessable, code: rawValue, title: "请从列出的主体里选一种", hint: nil)
        case .busy:
            Problem(.conflict, code: rawValue, title: "另一个页面刚保存过这份申请", hint: "请刷新后再试，两边的内容都保留着")
        }
    }
}
