import Catalogue
import Kernel
import WorkingTime

/// What makes one submission's way like another's: what is applied for, how it is decided, and when it came in.
package struct RoundKind: Sendable, Hashable {
    /// The first of the chosen categories, in the tree's order.
    package let category: String
    /// The pack's route of review, and the stages that it asks for besides: `manual+deposit`.
    package let route: String
    /// Of the day in China on which it was handed in: 1 for Monday to 7 for Sunday.
    package let weekday: Int

    package init(category: String, route: String, weekday: Int) {
        self.category = category
        self.route = route
        self.weekday = weekday
    }

    init(of categories: [String], as subject: String?, under pack: PackContent, submittedAt: Instant) {
        let demands = pack.demands(for: categories, as: subject)
        let stages = [(demands.agreement, Stage.agreement), (demands.deposit, .deposit)].filter(\.0.isRequired)
        category = categories.first ?? ""
        route = ([pack.route(for: categories)?.id ?? "unknown"] + stages.map(\.1.rawValue)).joined(separator: "+")
        weekday = WorkingCalendar.day(of: submittedAt.milliseconds).day.weekday
    }

    /// The stages that somebody or something has to do on this way.
    package var stages: [Stage] {
        let named = Set(route.split(separator: "+").map(String.init))
        return Stage.allCases.filter { stage in
            switch stage {
            case .screening, .review, .opening: true
            case .agreement, .deposit: named.contains(stage.rawValue)
            }
        }
    }
}

extension Stage {
    /// Whether a machine does it, at any hour; what people do is counted in working time.
    package var isMachines: Bool { self == .screening || self == .opening }
}
