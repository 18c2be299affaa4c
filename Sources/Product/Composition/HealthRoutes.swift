import Database
import Hummingbird
import Kernel
import NIOCore
import Web

/// Whether the process lives, whether it can serve, and what it measures. Metrics are for this machine, and for the
/// network that the settings name.
struct HealthRoutes {
    let database: any Database
    let migrations: [Migration]
    let meter: Meter
    let drain: Drain
    let metricsNetwork: AddressRange?

    func add(to router: some RouterMethods<WebContext>) {
        router.get("/health/live") { _, _ -> Response in .bytes(Array("ok\n".utf8), type: "text/plain") }
        router.get("/health/ready", use: ready)
        router.get("/metrics", use: metrics)
    }

    /// Ready when the database answers, its schema is the one that this binary knows, and nobody has asked to stop.
    @Sendable func ready(_ request: Request, context: WebContext) async throws -> Response {
        guard !drain.isDraining else {
            throw Problem(.unavailable, code: "health.draining", title: "这个进程正在停止", hint: "请把请求转给别的进程")
        }
        let pending = try await promptly { [database, migrations] in try await database.pending(migrations) }
        guard pending.isEmpty else {
            throw Problem(
                .unavailable, code: "health.migrations_pending", title: "数据库结构还没有更新", hint: "请先运行 ruzhu migrate")
        }
        return .bytes(Array("ready\n".utf8), type: "text/plain")
    }

    /// How long a probe is kept waiting; less than probes usually wait.
    private static let patience = Duration.seconds(2)

    /// The answer to a question, or that there was none in time. The question is left to itself then: a database that
    /// stands still answers it some time, or it runs into its own limit.
    private func promptly<Value: Sendable>(_ ask: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let (answers, continuation) = AsyncStream<Result<Value, any Error>>.makeStream()
        // Tasks of their own: one of them is not waited for.
        let asking = Task {
            do { continuation.yield(.success(try await ask())) } catch { continuation.yield(.failure(error)) }
        }
        let waiting = Task {
            try await Task.sleep(for: Self.patience)
            continuation.yield(
                .failure(
                    Problem(
                        .unavailable, code: "health.database_silent", title: "数据库没有应答",
                        hint: "请看数据库是否停住、是否太忙；它恢复后这里会自己恢复")))
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        for await answer in answers { return try answer.get() }
        throw CancellationError()
    }

    @Sendable func metrics(_ request: Request, context: WebContext) async throws -> Response {
        // A request that came through a proxy is somebody else's, even if the proxy runs on this machine.
        let client = context.web.client
        guard request.headers[.forwardedFor] == nil,
            ["127.0.0.1", "::1"].contains(client) || metricsNetwork?.contains(client) == true
        else { throw Problem.notFound }
        return .bytes(Array(await meter.exposition().utf8), type: "text/plain; version=0.0.4")
    }
}

/// A range of IPv4 addresses in CIDR notation, such as `10.244.0.0/16`.
package struct AddressRange: Sendable, Equatable {
    private let first: UInt32
    private let mask: UInt32

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = Self.number(parts[0]), let bits = Int(parts[1]), (1...32).contains(bits)
        else { return nil }
        mask = UInt32.max << UInt32(32 - bits)
        first = address & mask
    }

    /// Whether an address, also one written as IPv6 (`::ffff:10.0.0.1`), lies in the range.
    package func contains(_ address: String) -> Bool {
        let text = address.hasPrefix("::ffff:") ? address.dropFirst(7) : address[...]
        return Self.number(text).map { $0 & mask == first } ?? false
    }

    private static func number(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        guard parts.count == 4, bytes.count == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
