import Catalogue
import Logging
import ServiceLifecycle

/// Reads what other processes have published: an announcement made on the command line or by another server is known
/// here within seconds, days before it holds.
struct CatalogueWatch: Service {
    let catalogue: Catalogue
    let logger: Logger

    private static let interval = Duration.seconds(5)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                do {
                    try await catalogue.load()
                } catch {
                    logger.warning("Published packs were not read again", metadata: ["error": "\(type(of: error))"])
                }
            }
        }
    }
}
