import Accounts
import Applications
import ChineseIdentifiers
import Database
import Kernel
import Logging
import Sealing
import Stores
import Work

/// A code to send. Whose phone and which code is looked up when it is sent.
struct CodeToSend: Codable, Sendable {
    static let kind = JobKind<CodeToSend>("notifications.send-code")

    let challenge: ID<Challenge>
}

/// News of an application to tell its applicant.
struct NewsToTell: Codable, Sendable {
    static let kind = JobKind<NewsToTell>("notifications.tell-news")

    let person: ID<Person>
    let application: ID<Application>
    let state: JourneyState.Kind
}

/// How much somebody sold in a year, to tell the owner.
struct TurnoverToTell: Codable, Sendable {
    static let kind = JobKind<TurnoverToTell>("notifications.tell-turnover")

    let person: ID<Person>
    let store: ID<Store>
    let year: Int
    let level: TurnoverLevel
}

/// Sends what was queued. An outage delays a message; only a number that can't be reached ends it.
struct MessageJobs: Sendable {
    let database: any Database
    let accounts: Accounts
    let sender: any ShortMessageSender
    let clock: any WallClock
    /// The address of the site, without a slash at its end.
    let site: String
    let logger: Logger

    /// A week of attempts, ten minutes apart in the end. Codes stop earlier, when they expire.
    private static let attempts = 1_000

    var handlers: [JobHandler] {
        [
            JobHandler(CodeToSend.kind, maximumAttempts: Self.attempts) { job, _ in try await send(job) },
            JobHandler(NewsToTell.kind, maximumAttempts: Self.attempts) { job, _ in try await tell(job) },
            JobHandler(TurnoverToTell.kind, maximumAttempts: Self.attempts) { job, _ in try await tell(job) },
        ]
    }

    private func send(_ job: CodeToSend) async throws {
        let contents = try await database.read { [accounts] tx in
            try accounts.codeMessage(for: job.challenge, in: tx).map { ($0.phone, $0.code) }
        }
        guard let (phone, code) = contents else { return }
        let minutes = Int(SignInLimits.standard.codeLifetime.milliseconds / 60_000)
        try await deliver(.signInCode(code, minutes: minutes), to: phone)
    }

    private func tell(_ job: NewsToTell) async throws {
        guard let message = message(about: job) else { return }
        try await deliver(message, to: job.person)
    }

    private func tell(_ job: TurnoverToTell) async throws {
        guard let message = message(about: job) else { return }
        try await deliver(message, to: job.person)
    }

    private func message(about news: NewsToTell) -> ShortMessage? {
        let link = "\(site)/applications/\(news.application)"
        return switch news.state {
        case .changesRequested: .changesRequested(link: link)
        case .rejected: .rejected(link: link)
        case .open: .shopOpened(link: link)
        case .draft, .underway, .held, .withdrawn: nil
        }
    }

    private func message(about news: TurnoverToTell) -> ShortMessage? {
        let link = "\(site)/shops/\(news.store)"
        return switch news.level {
        case .near: .turnoverNear(year: news.year, link: link)
        case .reached: .turnoverReached(year: news.year, link: link)
        case .ok: nil
        }
    }

    /// Reading somebody's number is noted; who was erased hears nothing.
    private func deliver(_ message: ShortMessage, to person: ID<Person>) async throws {
        let now = clock.now
        let phone = try await database.write { [accounts] tx in
            do {
                let phone = try accounts.phone(of: person, in: tx)
                try ReadingLog().note(
                    of: person.keyOwner, by: "notifications", what: "/phone", purpose: "short_message", at: now,
                    in: tx)
                return Secret<MobileNumber>?.some(phone)
            } catch is Vault.Erased {
                return nil
            }
        }
        guard let phone else { return }
        try await deliver(message, to: phone)
    }

    private func deliver(_ message: ShortMessage, to phone: Secret<MobileNumber>) async throws {
        do {
            try await sender.send(message, to: phone.reveal())
        } catch .refusedForGood(let code) {
            logger.warning(
                "Short message refused for good", metadata: ["kind": "\(message.kind.rawValue)", "code": "\(code)"])
        }
    }
}
