package import Kernel

/// The database could not do now what it was asked. Nothing was changed, except that after `outcomeUnknown` it may have
/// been. People are told to try again: a write that carries its `Idempotency-Key` can be sent twice without harm.
package enum DatabaseUnavailable: String, Error, Sendable {
    /// Too many wait for a connection or for the writer, this one waited for too long, or the server has no memory left.
    case busy = "database.busy"
    /// No connection could be had in time.
    case unreachable = "database.unreachable"
    /// Others changed the same rows each time this was tried.
    case contended = "database.contended"
    /// A statement or a lock took longer than is allowed.
    case timedOut = "database.timed_out"
    /// The disk has no room left.
    case full = "database.full"
    /// The disk can't be written or read.
    case disk = "database.disk"
    /// The connection was lost, or the disk failed, after COMMIT was sent: the change is there or it is not. It is never
    /// tried again by itself.
    case outcomeUnknown = "database.outcome_unknown"
    /// The process is about to end.
    case closed = "database.closed"
}

extension DatabaseUnavailable: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .busy:
            Problem(.unavailable, code: rawValue, title: "现在使用的人太多，这次没有处理", hint: "请稍等几秒再试，已填写的内容不会丢失")
        case .unreachable:
            Problem(.unavailable, code: rawValue, title: "数据库暂时连不上，这次没有处理", hint: "请稍等片刻再试，已保存的内容不会丢失")
        case .contended:
            Problem(.unavailable, code: rawValue, title: "同时有很多人在改同一份资料，这次没有处理", hint: "请稍等几秒再试")
        case .timedOut:
            Problem(.unavailable, code: rawValue, title: "处理超时，未做任何更改", hint: "请稍后再试；若仍不行，请把请求编号告诉客服")
        case .full:
            Problem(.unavailable, code: rawValue, title: "磁盘满了，这次没有保存", hint: "已保存的内容不会丢失；请稍后再试，若仍不行，请告诉客服")
        case .disk:
            Problem(.unavailable, code: rawValue, title: "磁盘暂时不能读写，这次没有保存", hint: "已保存的内容不会丢失；请稍后再试，若仍不行，请告诉客服")
        case .outcomeUnknown:
            Problem(
                .unavailable, code: rawValue, title: "没有等到数据库的确认，不知道这次是否已保存",
                hint: "请刷新页面查看结果；没有的话再提交一次，不会重复办理")
        case .closed:
            Problem(.unavailable, code: rawValue, title: "系统正在重启，这次没有处理", hint: "请稍等片刻再试")
        }
    }
}

/// A text holds the character NUL, which PostgreSQL can't store.
package struct UnstorableText: Error, ProblemConvertible {
    package init() {}
    package var problem: Problem {
        Problem(.unprocessable, code: "text.unstorable", title: "内容里有无法保存的控制字符", hint: "请删去不可见的字符后再试")
    }
}
