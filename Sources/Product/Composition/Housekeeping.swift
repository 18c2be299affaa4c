import Accounts
import Database
import Documents
import Kernel
import Logging
import ServiceLifecycle
import Stores
import Web
import Work

/// Throws away what has had its time, even when nobody comes by: sign-in codes and the phone numbers they went to,
/// sessions, uploads and files that nobody names, messages to the mall, answers to writes that nobody repeats any more, the events of sign-ins,
/// jobs that nobody will try again, and what the write-ahead log still holds of them.
struct Housekeeping: Service {
    private let accounts: Accounts
    private let documents: Documents
    private let stores: Stores
    private let database: any Database
    private let clock: any WallClock
    private let logger: Logger

    private static let interval = Duration.seconds(300)
    /// How long a repeated write is recognised.
    static let answersLast = Duration.seconds(7 * 86_400)
    /// How long the events of a sign-in are kept: a code is good for minutes, its row is gone after a day, and what was
    /// stuck for a week was seen. Events of applications and shops tell a story that is kept itself, and stay.
    static let signInsLast = Duration.seconds(30 * 86_400)
    /// How long a job that was given up waits for an operator.
    static let failedJobsLast = Duration.seconds(180 * 86_400)

    init(_ product: Product) {
        (accounts, documents, stores) = (product.accounts, product.documents, product.stores)
        database = product.database
        (clock, logger) = (product.clock, product.logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweep()
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// One round, until nothing is left that has had its time, in small transactions: others write meanwhile. What fails
    /// does not keep the rest from being done.
    func sweep() async { try? await offLoops { await sweepAll() } }

    private func sweepAll() async {
        await attempt("Expired codes stay for now") { try await accounts.forgetExpiredCodes() }
        await attempt("Expired sessions stay for now") { try await accounts.forgetExpiredSessions() }
        await attempt("Unnamed files stay for now") {
            let count = try await documents.sweep()
            if count > 0 { logger.info("Unnamed files removed", metadata: ["count": "\(count)"]) }
        }
        await attempt("Old answers stay for now") {
            let moment = clock.now - Self.answersLast
            try await forget { tx in try Remembered.forget(before: moment, in: tx) }
        }
        await attempt("Events of old sign-ins stay for now") {
            let moment = clock.now - Self.signInsLast
            try await forget { tx in try PassingStreams.forget(kind: "challenge", before: moment, in: tx) }
        }
        await attempt("Old messages to the mall stay for now") { try await stores.sweep() }
        await attempt("Jobs that were given up stay for now") {
            let moment = clock.now - Self.failedJobsLast
            try await forget { tx in try FailedJob.forget(before: moment, in: tx) }
        }
        await attempt("Write-ahead log stays for now") { try await database.tidy() }
    }

    /// Forgets a bounded number of rows at a time, until there are no more.
    private func forget(_ some: @escaping @Sendable (borrowing Transaction) throws -> Int) async throws {
        while try await database.write(some) > 0 { try Task.checkCancellation() }
    }

    private func attempt(_ message: Logger.Message, _ act: () async throws -> Void) async {
        do {
            try await act()
        } catch {
            logger.warning(message, metadata: ["error": "\(type(of: error))"])
        }
    }
}
