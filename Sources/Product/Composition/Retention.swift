import Database
import Kernel
import Logging
import Sealing
import ServiceLifecycle

/// Deletes once a day what the law no longer wants kept. The periods and their reasons are in the operators' manual
/// (保留期限); what lives for minutes or days is `Housekeeping`'s.
struct Retention: Service {
    private let database: any Database
    private let clock: any WallClock
    private let logger: Logger

    private static let interval = Duration.seconds(86_400)
    /// Records of handling personal data are kept for three years (个人信息保护法 Art. 56). A leap day more.
    static let readingsLast = Duration.seconds((3 * 365 + 1) * 86_400)

    init(_ product: Product) { (database, clock, logger) = (product.database, product.clock, product.logger) }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let forgotten = try await sweep()
                    if forgotten > 0 { logger.notice("Old readings forgotten", metadata: ["count": "\(forgotten)"]) }
                } catch {
                    logger.warning("Old readings stay for now", metadata: ["error": "\(type(of: error))"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// One round, in small transactions. Returns how many rows went.
    func sweep() async throws -> Int {
        let moment = clock.now - Self.readingsLast
        var forgotten = 0
        while !Task.isCancelled {
            let some = try await database.write { tx in try ReadingLog().forget(before: moment, in: tx) }
            guard some > 0 else { break }
            forgotten += some
        }
        return forgotten
    }
}
