import Accounts
import Database
import Kernel

/// One of the queue's lists, as its page needs it.
struct QueueView: Sendable {
    let tab: QueueTab
    let viewer: ID<Person>
    let now: Instant
    let cases: [Case]
    let counts: [QueueTab: Int]
    /// The case that the viewer decided a moment ago.
    let after: Case?
    /// The names of the members of staff who occur.
    let names: [ID<Person>: String]

    init(
        tab: QueueTab, viewer: ID<Person>, now: Instant, cases: [Case], counts: [QueueTab: Int], after: Case? = nil,
        names: [ID<Person>: String] = [:]
    ) {
        self.tab = tab
        self.viewer = viewer
        self.now = now
        self.cases = cases
        self.counts = counts
        self.after = after
        self.names = names
    }

    init(
        _ tab: QueueTab, of viewer: ID<Person>, after: ID<Case>?, at now: Instant, from desk: ReviewDesk,
        in tx: borrowing Transaction
    ) throws {
        var counts: [QueueTab: Int] = [:]
        for tab in QueueTab.allCases { counts[tab] = try desk.queue.count(tab.stored(for: viewer, at: now), in: tx) }
        let cases = try desk.queue.list(tab.stored(for: viewer, at: now), in: tx)
        var names: [ID<Person>: String] = [:]
        for person in cases.compactMap(\.reviewer) where names[person] == nil {
            names[person] = try desk.sources.staffName(person, tx)
        }
        var decided: Case?
        if let after { decided = try desk.cases.find(after, in: tx) }
        self.init(
            tab: tab, viewer: viewer, now: now, cases: cases, counts: counts, after: decided, names: names)
    }
}

extension QueueTab {
    /// The query behind the tab.
    func stored(for viewer: ID<Person>, at now: Instant) -> QueueStore.Tab {
        switch self {
        case .waiting: .waiting(at: now)
        case .mine: .mine(viewer)
        case .done: .done
        }
    }
}
