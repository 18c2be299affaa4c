import HTTPTypes
package import Hummingbird
import Logging
import Synchronization

/// Counts and times what the process does, told in the Prometheus text format (0.0.4).
package final class Meter: Sendable {
    private struct Series {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: Meter.bounds.count)
    }

    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]
    private let series = Mutex<[Key: Series]>([:])
    private let gauges = Mutex<[Gauge]>([])

    private struct Gauge {
        let name: String
        let help: String
        let read: @Sendable () async -> [(labels: String, value: Double)]
    }

    package init() {}

    /// Adds a value that is read whenever the metrics are asked for.
    package func gauge(_ name: String, help: String, read: @escaping @Sendable () async -> Double) {
        gauges.withLock { $0.append(Gauge(name: name, help: help) { [("", await read())] }) }
    }

    /// Adds values that differ by one label, such as one for each kind of job. The label's values are names of our own.
    package func gauges(
        _ name: String, label: String, help: String, read: @escaping @Sendable () async -> [(String, Double)]
    ) {
        let gauge = Gauge(name: name, help: help) { await read().map { ("{\(label)=\"\($0.0)\"}", $0.1) } }
        gauges.withLock { $0.append(gauge) }
    }

    func note(method: String, route: String, status: Int, seconds: Double) {
        series.withLock { series in
            var one = series[Key(method: method, route: route, status: status)] ?? Series()
            one.count += 1
            one.seconds += seconds
            for (position, bound) in Self.bounds.enumerated() where seconds <= bound { one.buckets[position] += 1 }
            series[Key(method: method, route: route, status: status)] = one
        }
    }

    /// All metrics as text.
    package func exposition() async -> String {
        var lines = ["# TYPE ruzhu_http_request_duration_seconds histogram"]
        let now = series.withLock { $0 }
        for (key, one) in now.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let labels = "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
            let name = "ruzhu_http_request_duration_seconds"
            for (bound, count) in zip(Self.bounds, one.buckets) {
                lines.append("\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)")
            }
            lines.append("\(name)_bucket{\(labels),le=\"+Inf\"} \(one.count)")
            lines.append("\(name)_sum{\(labels)} \(one.seconds)")
            lines.append("\(name)_count{\(labels)} \(one.count)")
        }
        for gauge in gauges.withLock({ $0 }) {
            lines.append("# HELP \(gauge.name) \(gauge.help)")
            lines.append("# TYPE \(gauge.name) gauge")
            for one in await gauge.read() { lines.append("\(gauge.name)\(one.labels) \(one.value)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Notes each request in the meter and in the log: route pattern, status and time, never what was sent.
package struct AccessLog: RouterMiddleware {
    package typealias Context = WebContext

    private let meter: Meter

    package init(meter: Meter) { self.meter = meter }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let route = context.endpointPath ?? "unknown"
        meter.note(
            method: request.method.rawValue, route: route, status: Int(response.status.code), seconds: seconds)
        context.logger.info(
            "Request",
            metadata: [
                "request": "\(context.web.requestID)", "method": "\(request.method.rawValue)", "route": "\(route)",
                "status": "\(response.status.code)", "ms": "\(Int(seconds * 1_000))",
            ])
        return response
    }
}
