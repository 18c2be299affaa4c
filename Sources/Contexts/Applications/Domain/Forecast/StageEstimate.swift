/// How long some stages in a row will take, and what that is known from.
package struct StageEstimate: Sendable, Equatable {
    /// Working minutes of what people do.
    package let people: Spread
    /// Minutes on the clock of what machines do.
    package let machines: Spread
    package let basis: Basis

    package enum Basis: Sendable, Equatable {
        /// From so many of this system's own finished submissions of the same kind.
        case own(cases: Int, Scope)
        /// From what the pack promises, because there are too few of our own.
        case standard
    }

    /// What the submissions that were looked at have in common with this one.
    package enum Scope: String, Sendable, CaseIterable {
        case route
        case category
        case weekday
    }
}

/// The submissions that were answered last, by what they have in common with one that waits.
package struct RecentRounds: Sendable {
    /// Of the same route, of the same category too, and of the same weekday too; the newest first.
    package let groups: [StageEstimate.Scope: [FinishedRound]]

    /// With fewer, a group is not trusted alone.
    package static let enough = 30
    /// Older ones say little of today.
    package static let most = 200

    package init(_ groups: [StageEstimate.Scope: [FinishedRound]]) { self.groups = groups }

    /// How long these stages will take; nil if neither our own submissions nor the pack say.
    ///
    /// A small group's numbers are drawn towards those of the more general group, the more the smaller it is. With fewer
    /// than 30 on the whole route the pack's promise stands.
    ///
    /// - Parameters:
    ///   - stages: those to go, in order.
    ///   - promised: working hours that the pack promises for the review.
    package func estimate(_ stages: [Stage], promised: Int) -> StageEstimate? {
        var found: StageEstimate?
        for scope in StageEstimate.Scope.allCases {
            // A submission that was sent back after the review says nothing of what comes later.
            let alike = (groups[scope] ?? []).filter { round in stages.allSatisfy { round.minutes[$0] != nil } }
            guard let first = found ?? (alike.count >= Self.enough ? Self.own(stages, alike, scope) : nil) else {
                return Self.standard(stages, promised: promised)
            }
            found = alike.isEmpty ? first : Self.own(stages, alike, scope).shrunk(to: first, count: alike.count)
        }
        return found
    }

    private static func own(
        _ stages: [Stage], _ rounds: [FinishedRound], _ scope: StageEstimate.Scope
    ) -> StageEstimate {
        func spread(_ stages: [Stage]) -> Spread {
            stages.isEmpty
                ? .none : Spread(of: rounds.map { round in stages.reduce(0) { $0 + (round.minutes[$1] ?? 0) } })
        }
        return StageEstimate(
            people: spread(stages.filter { !$0.isMachines }), machines: spread(stages.filter(\.isMachines)),
            basis: .own(cases: rounds.count, scope))
    }

    /// Machines take a moment; a review may take all the time that it was promised. For what an applicant has to do
    /// himself nothing is promised.
    private static func standard(_ stages: [Stage], promised: Int) -> StageEstimate? {
        guard !stages.contains(.agreement), !stages.contains(.deposit) else { return nil }
        let minutes = stages.contains(.review) ? Double(promised * 60) : 0
        return StageEstimate(
            people: Spread(low: 0, median: minutes / 2, high: minutes), machines: .none, basis: .standard)
    }
}

extension StageEstimate {
    fileprivate func shrunk(to general: StageEstimate, count: Int) -> StageEstimate {
        let weight = min(1, Double(count) / Double(RecentRounds.enough))
        return StageEstimate(
            people: people.shrunk(to: general.people, weight: weight),
            machines: machines.shrunk(to: general.machines, weight: weight),
            basis: weight < 1 ? general.basis : basis)
    }
}
