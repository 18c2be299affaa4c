/// Where an application stands. The sole arbiter of what comes next: every change of state passes through here.
package struct Journey: Sendable, Equatable, Codable {
    package private(set) var state: JourneyState
    /// Number of the current submission; 0 before the first.
    package private(set) var round: Int

    package init() {
        state = .draft
        round = 0
    }

    /// A journey that was kept.
    init(state: JourneyState, round: Int) { (self.state, self.round) = (state, round) }

    /// Why something can't be done now. The raw value is the stable code that clients see.
    package enum Refusal: String, Error {
        case alreadySubmitted = "application.already_submitted"
        case ended = "application.ended"
    }

    /// A new round begins with the first stage.
    package mutating func submit() throws(Refusal) {
        switch state {
        case .draft, .changesRequested:
            round += 1
            state = .at(.screening)
        case .at, .held: throw .alreadySubmitted
        case .rejected, .open, .withdrawn: throw .ended
        }
    }

    package mutating func withdraw() throws(Refusal) {
        switch state {
        case .draft, .at, .held, .changesRequested: state = .withdrawn
        case .rejected, .open, .withdrawn: throw .ended
        }
    }

    /// Moves on as a stage's report says.
    ///
    /// Only the stage that is due, in the current round, is heard: a late answer after a withdrawal or a resubmission
    /// changes nothing.
    /// - Returns: whether anything changed.
    package mutating func hear(_ report: StageReport) -> Bool {
        guard report.round == round, state.stage == report.stage else { return false }
        let before = state
        switch report.outcome {
        case .passed, .notRequired: state = Self.state(after: report.stage)
        case .held(let rule): state = .held(report.stage, rule: rule)
        case .changesRequested(let comments): state = .changesRequested(comments)
        case .rejected(let refusal): state = .rejected(refusal)
        }
        return state != before
    }

    /// The one place that knows the order of the stages.
    private static func state(after stage: Stage) -> JourneyState {
        switch stage {
        case .screening: .at(.review)
        case .review: .at(.agreement)
        case .agreement: .at(.deposit)
        case .deposit: .at(.opening)
        case .opening: .open
        }
    }
}
