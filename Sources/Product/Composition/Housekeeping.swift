import Accounts
import Logging
import ServiceLifecycle

/// Throws away what has had its time, even when nobody comes by: sign-in codes and the phone numbers they went to.
struct Housekeeping: Service {
    let accounts: Accounts
    let logger: Logger

    private static let interval = Duration.seconds(300)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await accounts.forgetExpiredCodes()
                } catch {
                    logger.warning("Expired codes stay for now", metadata: ["error": "\(type(of: error))"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }
}
