import Accounts
import Applications
import ChineseIdentifiers
import Database
import Foundation
import Kernel
import Logging
import Sealing
import Synchronization
import TestSupport
import Web
import Work

@testable import Notifications

/// Notifications over accounts with a database of their own, and a network that does as it is told.
struct Office: Sendable {
    let test: TestDatabase
    let clock = ManualClock()
    let vault = Vault(.forTesting())
    let accounts: Accounts
    let network = Network()
    let dispatcher: Dispatcher
    let jobs: JobRunner

    static let phone = MobileNumber.example

    init() async throws {
        test = try await TestDatabase(SealingMigrations.all + WorkMigrations.all + Accounts.migrations)
        accounts = try Accounts(database: test.database, vault: vault, clock: clock)
        let notifications = Notifications(
            database: test.database, accounts: accounts, sender: network, clock: clock,
            site: "https://ruzhu.example.cn/",
            logger: .silent)
        dispatcher = Dispatcher(
            database: test.database, handlers: notifications.eventHandlers, clock: clock, logger: .silent)
        jobs = JobRunner(database: test.database, handlers: notifications.jobHandlers, clock: clock, logger: .silent)
    }

    /// Delivers all events, then runs each job that is due once.
    func work() async throws {
        try await dispatcher.drain()
        _ = try await jobs.pass()
    }

    func emit(_ event: ApplicationMoved) async throws { try await emit(any: event) }

    func emit(any event: some Event) async throws {
        let now = clock.now
        try await test.database.write { tx in try tx.emit(event, at: now) }
    }

    /// A person with the example's phone number.
    func person() async throws -> ID<Person> { try await accounts.grant(.reviewer, toPhone: Self.phone) }

    /// The payloads of the jobs that wait.
    func waiting() async throws -> [String] {
        try await test.database.read { tx in
            try tx.rows("SELECT payload FROM \(sqlite: "work_jobs", postgres: "work.jobs")").map {
                try $0.get("payload")
            }
        }
    }
}

/// A network whose mood the test sets.
final class Network: ShortMessageSender {
    private let state = Mutex<(fault: ShortMessageFault?, sent: [(text: String, phone: String)], attempts: Int)>(
        (nil, [], 0))

    var sent: [(text: String, phone: String)] { state.withLock { $0.sent } }
    var attempts: Int { state.withLock { $0.attempts } }

    func fail(with fault: ShortMessageFault?) { state.withLock { $0.fault = fault } }

    func send(_ message: ShortMessage, to phone: MobileNumber) async throws(ShortMessageFault) {
        let fault = state.withLock { state in
            state.attempts += 1
            if state.fault == nil {
                state.sent.append(
                    (message.kind.rawValue + " " + message.parameters.joined(separator: " "), phone.plain))
            }
            return state.fault
        }
        if let fault { throw fault }
    }

    func check() async -> ShortMessageCheck { .init(isWorking: true, sentence: "正常") }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension ApplicationMoved {
    /// As another context would emit it.
    static func example(_ state: String, person: ID<Person>) throws -> ApplicationMoved {
        let text = """
            {"application": "01hzzzzzzzzzzzzzzzzzzzzzzz", "person": "\(person)", "round": 1, "state": "\(state)"}
            """
        return try JSONDecoder().decode(ApplicationMoved.self, from: Data(text.utf8))
    }
}
