import Applications
package import Catalogue
package import Database
package import Work

/// 保证金与支付: deposit plans, ledger and payments. Nothing of that is built yet, and the stage says so.
package struct Deposits: Sendable {
    package static let migrations: [Migration] = []

    /// Answers the deposit stage's requests.
    package let handlers: [EventHandler]

    package init(catalogue: Catalogue) {
        self.init { request in
            try catalogue.pack(request.pack).demands(for: request.categories, as: request.subject).deposit
        }
    }

    /// - Parameter demand: what the pack of a request says about a deposit.
    init(demand: @escaping @Sendable (StageRequested) throws -> Demand) {
        let answering = EventHandler("deposits.answer-stage").on(StageRequested.self) { delivery, now, tx in
            let request = delivery.event
            guard request.stage == .deposit else { return }
            try tx.emit(StageReport(to: request, Self.outcome(try demand(request))), at: now)
        }
        handlers = [answering]
    }

    /// A deposit that is asked for can't be paid here yet: the application waits and is told by which rule.
    static func outcome(_ demand: Demand) -> StageOutcome {
        demand.isRequired ? .held(rule: demand.rule) : .notRequired(rule: demand.rule)
    }
}
