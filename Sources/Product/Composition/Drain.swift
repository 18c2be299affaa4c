import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals
import Web

/// Whether this process is about to stop: it still answers, and asks for no more.
package final class Drain: Sendable {
    private let state = Mutex(false)
    let door = Doorkeeper()

    var isDraining: Bool { state.withLock { $0 } }

    func begin() { state.withLock { $0 = true } }
}

/// Goes first when the process is told to stop: says so at `/health/ready`, gives proxies the time to notice, and then
/// sees to it that nobody stands in the door when it closes. The server and the work go on meanwhile.
struct DrainService: Service {
    let drain: Drain
    let delay: Duration
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        drain.begin()
        logger.notice("Draining", metadata: ["seconds": "\(delay.components.seconds)"])
        try await Task.sleep(for: delay)
        await drain.door.close(logger: logger)
    }
}

/// Asks for a new connection after each answer while the process drains, so that none is idle when the server closes:
/// a request on its way into a closing connection is lost, and a proxy may not send it again unless it is a read.
struct LastAnswers: RouterMiddleware {
    typealias Context = WebContext

    let drain: Drain

    func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        var response = try await next(request, context)
        if drain.isDraining { response.headers[.connection] = "close" }
        return response
    }
}

extension Launch {
    /// Runs until SIGTERM or SIGINT. Then, in turn: not ready any more, the drain delay, no new connections, requests in
    /// flight end, work is put back. What takes longer than the settings allow is cut off.
    static func run(_ application: some ApplicationProtocol, of product: Product) async throws {
        let (settings, logger) = (product.settings, product.logger)
        let drain = DrainService(drain: product.drain, delay: settings.drainDelay, logger: logger)
        // Services stop in the reverse order of this list.
        var configuration = ServiceGroupConfiguration(
            services: [application, drain], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.drainDelay + settings.stopWithin
        configuration.maximumCancellationDuration = .seconds(5)
        do {
            let group = ServiceGroup(configuration: configuration)
            try await withTaskExecutorPreference(LoopExecutor()) { try await group.run() }
        } catch is CancellationError where product.drain.isDraining {
            logger.warning("Stopped before all requests had ended")
        }
    }
}
