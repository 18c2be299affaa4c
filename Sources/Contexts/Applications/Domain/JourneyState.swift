/// The states of an application.
package enum JourneyState: Sendable, Equatable, Codable {
    case draft
    case at(Stage)
    /// The pack demands something of this stage that can't be done here yet.
    case held(Stage, rule: String)
    case changesRequested([FieldComment])
    case rejected(Refusal)
    case open
    case withdrawn

    /// The stage that is due, if one is.
    package var stage: Stage? {
        switch self {
        case .at(let stage), .held(let stage, _): stage
        case .draft, .changesRequested, .rejected, .open, .withdrawn: nil
        }
    }

    /// The state without what belongs to it: for columns, events and counting.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case draft
        case underway
        case held
        case changesRequested = "changes_requested"
        case rejected
        case open
        case withdrawn
    }

    package var kind: Kind {
        switch self {
        case .draft: .draft
        case .at: .underway
        case .held: .held
        case .changesRequested: .changesRequested
        case .rejected: .rejected
        case .open: .open
        case .withdrawn: .withdrawn
        }
    }
}
