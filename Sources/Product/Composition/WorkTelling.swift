import CanonicalJSON
import Kernel
import Work

extension WorkOverview {
    /// The overview for monitoring; ages are in whole seconds.
    func json(_ parked: [ParkedStream], at now: Instant) -> JSONValue {
        func age(_ moment: Instant?) -> JSONValue {
            moment.map { .count(Int(max(0, now.since($0).milliseconds) / 1_000)) } ?? .null
        }
        return [
            "at": .string(now.iso8601),
            "unsorted": ["events": .count(unsorted), "oldest_age": age(oldestUnsorted)],
            "handlers": .array(
                handlers.map { one in
                    [
                        "handler": .string(one.handler), "due_streams": .count(one.due),
                        "oldest_age": age(one.oldest), "parked_streams": .count(one.parked),
                    ]
                }),
            "parked": .array(
                parked.map { one in
                    [
                        "handler": .string(one.handler), "stream": .string(one.stream), "number": .count(one.number),
                        "event": .string(one.event), "error": .string(one.error), "attempts": .count(one.attempts),
                        "age": age(one.since),
                    ]
                }),
            "jobs": .array(
                jobs.map { one in
                    [
                        "kind": .string(one.kind), "waiting": .count(one.waiting), "running": .count(one.running),
                        "failed": .count(one.failed), "oldest_age": age(one.oldest),
                    ]
                }),
        ]
    }
}

extension JSONValue {
    fileprivate static func count(_ number: Int) -> JSONValue { .number(JSONNumber(Int64(number))) }
}

extension Duration {
    /// A length of time as people say it: seconds, minutes, hours or days, whole ones.
    var chinese: String {
        let seconds = max(0, milliseconds / 1_000)
        return switch seconds {
        case ..<60: "\(seconds) 秒"
        case ..<3_600: "\(seconds / 60) 分"
        case ..<172_800: "\(seconds / 3_600) 小时"
        default: "\(seconds / 86_400) 天"
        }
    }
}

extension Instant {
    /// `2026-03-01 08:00`, in Shanghai.
    var shanghaiMinute: String {
        let time = inShanghai
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.year)-\(pad(time.month))-\(pad(time.day)) \(pad(time.hour)):\(pad(time.minute))"
    }

    /// Reads `2026-03-01 08:00` or `2026-03-01T08:00` as Shanghai time; `nil` for anything else.
    init?(shanghai text: String) {
        let parts = text.split(whereSeparator: { "-T :".contains($0) }).map { Int($0) }
        guard parts.count == 5, let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3],
            let minute = parts[4], (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        // Days from civil date in the proleptic Gregorian calendar, the reverse of `CivilTime`.
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        let seconds = Int64(days) * 86_400 + Int64(hour) * 3_600 + Int64(minute) * 60 - 8 * 3_600
        let found = Instant(milliseconds: seconds * 1_000)
        // A day that a month does not have reads back as another one.
        guard found.inShanghai.day == day else { return nil }
        self = found
    }
}
