import CanonicalJSON
import Foundation

/// What a load found.
struct Report {
    let tallies: [Route: Tally]
    let seconds: Double
    let seed: UInt64
    let connections: Int
    let ownCPU: Double
    let serverCPU: Double?
    let namedCPU: Double?
    let name: String?
    /// Seconds that the outbox took after the last answer.
    let settling: Double
    let rest: Outbox.Rest?
    let exhausted: Route?
    let broken: Int
    let lost: Int
    /// Answers 503 by their code, which a patient load bears.
    let refusals: [String: Int]
    /// Acknowledged writes that were sent again and got the same answer.
    let repeated: Int
    let peakMegabytes: Int?

    private static let shares = [0.5, 0.95, 0.99, 1]

    var total: Tally { tallies.values.reduce(Tally(), +) }

    /// A table for people.
    var text: String {
        var lines = [Self.row("请求", "个数", "每秒", "错误", ["p50 ms", "p95 ms", "p99 ms", "最长 ms"])]
        let rows =
            Route.allCases.compactMap { route in tallies[route].map { (route.rawValue, $0) } } + [("total", total)]
        for (name, tally) in rows {
            lines.append(
                Self.row(
                    name, String(tally.count), String(format: "%.0f", Double(tally.count) / seconds),
                    String(tally.faultCount), tally.percentiles(Self.shares).map { String(format: "%.2f", $0) }))
        }
        for (name, tally) in rows.dropLast() where tally.faultCount > 0 {
            let counts = tally.faults.sorted { $0.key < $1.key }.map { "\($0.key) × \($0.value)" }
            lines.append("\(name) 的错误：\(counts.joined(separator: "，"))")
            lines.append("  第一个：\(tally.firstFault ?? "")")
        }
        if let exhausted { lines.append("\(exhausted.rawValue) 的数据用完了，提前结束；要更久请加大 seed --count") }
        if broken > 0 { lines.append("断开的连接 \(broken)，其中有请求没有回答的 \(lost)") }
        if !refusals.isEmpty {
            let counts = refusals.sorted { $0.key < $1.key }.map { "\($0.key) × \($0.value)" }
            lines.append("暂时不可用：\(counts.joined(separator: "，"))")
        }
        if repeated > 0 { lines.append("确认过又重发的写入 \(repeated)，回答都和第一次一样") }
        lines.append(String(format: "用时 %.2f 秒；客户端 CPU 每个请求 %.4f ms", seconds, perRequest(ownCPU)))
        if let serverCPU {
            lines.append(
                String(
                    format: "服务器 CPU 每个请求 %.4f ms（含发件箱，之后又用了 %.1f 秒投递）", perRequest(serverCPU), settling))
        }
        if let namedCPU, let name {
            lines.append(String(format: "%@ CPU 每个请求 %.4f ms", name, perRequest(namedCPU)))
        }
        if let peakMegabytes { lines.append("服务器内存最多 \(peakMegabytes) MB") }
        if let rest, !rest.isNothing { lines.append("发件箱没有清空：\(rest.words)") }
        return lines.joined(separator: "\n")
    }

    /// The same for programs.
    var json: String {
        var routes: JSONValue = [:]
        for (route, tally) in tallies { routes[route.rawValue] = numbers(of: tally) }
        var report: JSONValue = [
            "routes": routes, "total": numbers(of: total), "seconds": Self.number(seconds), "seed": .string("\(seed)"),
            "client_cpu_ms": Self.number(perRequest(ownCPU)), "settling_seconds": Self.number(settling),
        ]
        report["server_cpu_ms"] = serverCPU.map { Self.number(perRequest($0)) }
        report["named_cpu_ms"] = namedCPU.map { Self.number(perRequest($0)) }
        report["peak_mb"] = peakMegabytes.map { Self.number(Double($0)) }
        report["lost"] = Self.number(Double(lost))
        report["repeated"] = Self.number(Double(repeated))
        report["refusals"] = Self.counts(refusals)
        report["exhausted"] = exhausted.map { .string($0.rawValue) }
        return report.canonicalText + "\n"
    }

    private func numbers(of tally: Tally) -> JSONValue {
        let times = tally.percentiles(Self.shares)
        return [
            "requests": Self.number(Double(tally.count)), "per_second": Self.number(Double(tally.count) / seconds),
            "errors": Self.number(Double(tally.faultCount)),
            "faults": Self.counts(tally.faults), "p50_ms": Self.number(times[0]),
            "p95_ms": Self.number(times[1]), "p99_ms": Self.number(times[2]), "max_ms": Self.number(times[3]),
        ]
    }

    private func perRequest(_ seconds: Double) -> Double { seconds * 1_000 / Double(max(1, total.count)) }

    /// Fault, and how often.
    private static func counts(_ tallied: [String: Int]) -> JSONValue {
        tallied.reduce(into: [:] as JSONValue) { $0[$1.key] = number(Double($1.value)) }
    }

    private static func number(_ value: Double) -> JSONValue { JSONNumber(value).map(JSONValue.number) ?? .null }

    private static func row(_ name: String, _ count: String, _ rate: String, _ faults: String, _ times: [String])
        -> String
    {
        func padded(_ text: String, _ width: Int) -> String {
            let shown = text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
            return String(repeating: " ", count: max(0, width - shown)) + text
        }
        let first =
            name
            + String(
                repeating: " ", count: max(0, 14 - name.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }))
        return first + padded(count, 9) + padded(rate, 9) + padded(faults, 7) + times.map { padded($0, 10) }.joined()
    }
}
