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
    private let readings = Mutex<[@Sendable () async -> [Gauge]]>([])

    /// A value as it is now, or several that differ by one label, such as one for each kind of job.
    package struct Gauge: Sendable {
        let name: String
        let help: String
        let values: [(labels: String, value: Double)]

        package init(_ name: String, help: String, _ value: Double) {
            (self.name, self.help, values) = (name, help, [("", value)])
        }

        /// - Parameter values: the label's values are names of our own.
        package init(_ name: String, help: String, label: String, _ values: [(String, Double)]) {
            self.name = name
            self.help = help
            self.values = values.map { ("{\(label)=\"\($0.0)\"}", $0.1) }
        }
    }

    package init() {}

    /// Adds gauges that are read, together, whenever the metrics are asked for.
    package func gauges(read: @escaping @Sendable () async -> [Gauge]) { readings.withLock { $0.append(read) } }

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
        for read in readings.withLock({ $0 }) {
            for gauge in await read() {
                lines.append("# HELP \(gauge.name) \(gauge.help)")
                lines.append("# TYPE \(gauge.name) gauge")
                for one in gauge.values { lines.append("\(gauge.name)\(one.labels) \(one.value)") }
            }
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
