/// What the load asks for.
enum Route: String, CaseIterable, Sendable {
    case status
    case requirements
    case autosave
    case submission
    case queue
    case decision

    /// Its share of the mix, in percent.
    var share: Int {
        switch self {
        case .status, .requirements: 30
        case .autosave: 15
        case .submission, .queue: 10
        case .decision: 5
        }
    }

    /// Its place among all routes.
    var place: Int {
        switch self {
        case .status: 0
        case .requirements: 1
        case .autosave: 2
        case .submission: 3
        case .queue: 4
        case .decision: 5
        }
    }

    var isWrite: Bool {
        switch self {
        case .autosave, .submission, .decision: true
        case .status, .requirements, .queue: false
        }
    }

    /// The status of an answer that is right.
    var goodStatus: Int {
        switch self {
        case .submission, .decision: 201
        case .status, .requirements, .autosave, .queue: 200
        }
    }
}
