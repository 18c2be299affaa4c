package import Accounts
import Applications
package import Database
package import Kernel
package import Logging
import Stores
package import Work

/// The front of this context: what happens elsewhere, told to people's phones.
package struct Notifications: Sendable {
    private let jobs: MessageJobs

    /// - Parameter site: the address under which people reach this site, such as `https://ruzhu.example.cn`.
    package init(
        database: any Database, accounts: Accounts, sender: any ShortMessageSender, clock: any WallClock, site: String,
        logger: Logger
    ) {
        let trimmed = site.hasSuffix("/") ? String(site.dropLast()) : site
        jobs = MessageJobs(
            database: database, accounts: accounts, sender: sender, clock: clock, site: trimmed, logger: logger)
    }

    /// What this context does when something happens elsewhere.
    package var eventHandlers: [EventHandler] {
        [
            EventHandler("notifications.send-codes").on(SignInCodeRequested.self) { delivery, now, tx in
                let challenge = delivery.event.challenge
                try tx.enqueue(CodeToSend.kind, CodeToSend(challenge: challenge), key: challenge.text, at: now)
            },
            EventHandler("notifications.tell-news").on(ApplicationMoved.self) { delivery, now, tx in
                let moved = delivery.event
                guard moved.state.isNews else { return }
                let news = NewsToTell(person: moved.person, application: moved.application, state: moved.state)
                try tx.enqueue(NewsToTell.kind, news, key: "\(moved.application)/\(delivery.number)", at: now)
            },
            EventHandler("notifications.tell-turnover").on(TurnoverReached.self) { delivery, now, tx in
                let event = delivery.event
                let news = TurnoverToTell(
                    person: event.person, store: event.store, year: event.year, level: event.level)
                try tx.enqueue(
                    TurnoverToTell.kind, news, key: "\(event.person)/\(event.year)/\(event.level)", at: now)
            },
        ]
    }

    /// The jobs that send messages.
    package var jobHandlers: [JobHandler] { jobs.handlers }

    /// Whether messages could be sent now, in plain words.
    package func check() async -> ShortMessageCheck { await jobs.sender.check() }
}

extension JourneyState.Kind {
    /// Whether the applicant is told by short message.
    fileprivate var isNews: Bool {
        switch self {
        case .changesRequested, .rejected, .open: true
        case .draft, .underway, .held, .withdrawn: false
        }
    }
}
