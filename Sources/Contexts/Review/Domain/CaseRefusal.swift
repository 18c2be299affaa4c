import Kernel

/// Why a reviewer can't do something with a case now.
enum CaseRefusal: Error, Equatable {
    /// Somebody else holds it.
    case taken(since: Instant)
    case notClaimed
    case decided
    case withdrawn
    case ownApplication
    /// Somebody changed it in the same moment.
    case changedMeanwhile

    /// The stable code that clients see.
    var code: String {
        switch self {
        case .taken: "case.taken"
        case .notClaimed: "case.not_claimed"
        case .decided: "case.decided"
        case .withdrawn: "case.withdrawn"
        case .ownApplication: "case.own_application"
        case .changedMeanwhile: "case.changed_meanwhile"
        }
    }
}

extension CaseRefusal: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .taken(let since):
            Problem(
                .conflict, code: code, title: "这一单已由其他审核员领取",
                hint: "对方 \(since.shortChinese) 领取；超过 30 分钟没有操作，就可以重新领取")
        case .notClaimed:
            Problem(.conflict, code: code, title: "这一单还没有领取", hint: "请先领取，再写意见、查看或做决定")
        case .decided:
            Problem(.conflict, code: code, title: "这一单已经有决定", hint: "请打开这一单查看经过")
        case .withdrawn:
            Problem(.conflict, code: code, title: "申请人已撤回", hint: "这一单已关闭，不用再处理")
        case .ownApplication:
            Problem(.forbidden, code: code, title: "不能审核自己的申请", hint: "请由其他审核员处理这一单")
        case .changedMeanwhile:
            Problem(.conflict, code: code, title: "刚才有人改动了这一单", hint: "请刷新后再看，您的操作没有生效")
        }
    }
}
