package import Accounts
package import Kernel
package import Sealing
package import Work

extension ID<Application> {
    /// The stream that keeps everything about one application in order.
    package var stream: EventStream { EventStream(kind: "application", id: text) }
}

/// Asks a stage's context to do its part.
package struct StageRequested: Event {
    package static let name = "applications.stage_requested"

    package let application: ID<Application>
    package let person: ID<Person>
    package let stage: Stage
    /// Which submission this is about, from 1. An answer to an older round changes nothing.
    package let round: Int
    /// Content hash of the rule pack that the application is pinned to.
    package let pack: String
    package let categories: [String]
    /// Who applies; nil in what was asked before subjects were told.
    package let subject: String?

    package init(
        application: ID<Application>, person: ID<Person>, stage: Stage, round: Int, pack: String,
        categories: [String], subject: String? = nil
    ) {
        self.application = application
        self.person = person
        self.stage = stage
        self.round = round
        self.pack = pack
        self.categories = categories
        self.subject = subject
    }

    package var stream: EventStream { application.stream }
}

/// A stage's answer.
package struct StageReport: Event {
    package static let name = "applications.stage_report"

    package let application: ID<Application>
    package let stage: Stage
    package let round: Int
    package let outcome: StageOutcome

    package init(application: ID<Application>, stage: Stage, round: Int, outcome: StageOutcome) {
        self.application = application
        self.stage = stage
        self.round = round
        self.outcome = outcome
    }

    /// Answers a request.
    package init(to request: StageRequested, _ outcome: StageOutcome) {
        self.init(application: request.application, stage: request.stage, round: request.round, outcome: outcome)
    }

    package var stream: EventStream { application.stream }
}

/// How a stage ended, or why it waits.
package enum StageOutcome: Codable, Sendable, Equatable {
    case passed
    /// The pack does not ask for this stage; `rule` is what it says about that.
    case notRequired(rule: String)
    /// The pack asks for something that can't be done here yet; the application waits. `rule` is what the pack says.
    case held(rule: String)
    case changesRequested([FieldComment])
    case rejected(Refusal)
}

/// What a reviewer says of one field. The note is sealed under the applicant's key, at the place `review.note`.
package struct FieldComment: Codable, Sendable, Equatable {
    /// JSON pointer of the field.
    package let path: String
    package let note: Sealed

    package init(path: String, note: Sealed) {
        self.path = path
        self.note = note
    }
}

/// Why an application was rejected. The note is sealed under the applicant's key, at the place `review.note`.
package struct Refusal: Codable, Sendable, Equatable {
    /// Stable reason code, such as `subject.mismatch`.
    package let code: String
    package let note: Sealed?

    package init(code: String, note: Sealed?) {
        self.code = code
        self.note = note
    }
}

/// An application reached a state that its applicant should hear of, or that ends what others do for it.
package struct ApplicationMoved: Event {
    package static let name = "applications.moved"

    package let application: ID<Application>
    package let person: ID<Person>
    package let round: Int
    package let state: JourneyState.Kind

    package var stream: EventStream { application.stream }
}
