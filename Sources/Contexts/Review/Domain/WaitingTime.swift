import Kernel

/// How long an applicant has been waiting for an answer.
struct WaitingTime: Sendable, Equatable {
    private let minutes: Int64

    init(from start: Instant, to end: Instant) { minutes = max(0, end.since(start).milliseconds / 60_000) }

    /// `20 分`, `3 小时 10 分` or `1 天 2 小时`.
    var text: String {
        let (days, hours, rest) = (minutes / 1_440, minutes % 1_440 / 60, minutes % 60)
        if days > 0 { return hours > 0 ? "\(days) 天 \(hours) 小时" : "\(days) 天" }
        if hours > 0 { return rest > 0 ? "\(hours) 小时 \(rest) 分" : "\(hours) 小时" }
        return rest > 0 ? "\(rest) 分" : "不到 1 分"
    }

    /// Answers are promised within the hour; after two the wait is too long.
    var tone: Tone {
        switch minutes {
        case ..<60: .ok
        case ..<120: .warn
        default: .bad
        }
    }

    enum Tone: String, Sendable {
        case ok, warn, bad
    }
}
