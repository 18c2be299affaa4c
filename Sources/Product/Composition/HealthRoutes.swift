import Database
import Hummingbird
import Kernel
import NIOCore
import Web

/// Whether the process lives, whether it can serve, and what it measures. Metrics are for this machine only.
struct HealthRoutes {
    let database: any Database
    let migrations: [Migration]
    let meter: Meter

    func add(to router: some RouterMethods<WebContext>) {
        router.get("/health/live") { _, _ -> Response in .bytes(Array("ok\n".utf8), type: "text/plain") }
        router.get("/health/ready", use: ready)
        router.get("/metrics", use: metrics)
    }

    /// Ready when the database answers and its schema is the one that this binary knows.
    @Sendable func ready(_ request: Request, context: WebContext) async throws -> Response {
        let pending = try await database.pending(migrations)
        guard pending.isEmpty else {
            throw Problem(
                .unavailable, code: "health.migrations_pending", title: "数据库结构还没有更新", hint: "请先运行 ruzhu migrate")
        }
        return .bytes(Array("ready\n".utf8), type: "text/plain")
    }

    @Sendable func metrics(_ request: Request, context: WebContext) async throws -> Response {
        // A request that came through a proxy is somebody else's, even if the proxy runs on this machine.
        guard ["127.0.0.1", "::1"].contains(context.web.client), request.headers[.forwardedFor] == nil else {
            throw Problem.notFound
        }
        return .bytes(Array(await meter.exposition().utf8), type: "text/plain; version=0.0.4")
    }
}
