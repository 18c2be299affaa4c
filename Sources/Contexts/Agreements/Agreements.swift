import Applications
package import Catalogue
package import Database
package import Work

/// 电子合同: contract templates and signatures. Nothing of that is built yet, and the stage says so.
package struct Agreements: Sendable {
    package static let migrations: [Migration] = []

    /// Answers the agreement stage's requests.
    package let handlers: [EventHandler]

    package init(catalogue: Catalogue) {
        self.init { request in
            try catalogue.pack(request.pack).demands(for: request.categories, as: request.subject).agreement
        }
    }

    /// - Parameter demand: what the pack of a request says about signing.
    init(demand: @escaping @Sendable (StageRequested) throws -> Demand) {
        let answering = EventHandler("agreements.answer-stage").on(StageRequested.self) { delivery, now, tx in
            let request = delivery.event
            guard request.stage == .agreement else { return }
            try tx.emit(StageReport(to: request, Self.outcome(try demand(request))), at: now)
        }
        handlers = [answering]
    }

    /// A contract that is asked for can't be signed here yet: the application waits and is told by which rule.
    static func outcome(_ demand: Demand) -> StageOutcome {
        demand.isRequired ? .held(rule: demand.rule) : .notRequired(rule: demand.rule)
    }
}
