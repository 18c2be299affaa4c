/// What PostgreSQL, or the connection to it, answered instead of a result.
///
/// The server's detail line is left out on purpose: it repeats values.
package struct PostgresFault: Error, Sendable {
    /// Five characters (PostgreSQL, appendix A); empty if the connection broke without a word.
    package let state: String
    package let message: String
    /// Whether the connection is beyond use.
    let isDisconnected: Bool

    /// The same as seen by a transaction that wants to write: a server that refuses that was the primary once.
    var inWriting: PostgresFault {
        PostgresFault(state: state, message: message, isDisconnected: isDisconnected || state == "25006")
    }

    enum Kind {
        /// The transaction met another one; the same closure may succeed on a second run.
        case conflict
        /// The connection is gone, or leads to a server that can't write any more.
        case lost
        /// The server's schema moved under a prepared statement.
        case stale
        case constraint(isUnique: Bool)
        case timeout
        case full
        /// The server has no memory, no room for locks or no connection left.
        case overloaded
        /// The server's disk or its system fails.
        case unavailable
        case other
    }

    var kind: Kind {
        if isDisconnected { return .lost }
        switch state {
        case "40001", "40P01": return .conflict
        case "57P01", "57P02", "57P03", "57P05": return .lost
        case "26000", "0A000": return .stale
        case "57014", "55P03": return .timeout
        case "53100": return .full
        case "53000", "53200", "53300", "53400": return .overloaded
        case "58000", "58030": return .unavailable
        case "23505": return .constraint(isUnique: true)
        default:
            if state.hasPrefix("08") { return .lost }
            return state.hasPrefix("23") ? .constraint(isUnique: false) : .other
        }
    }

    /// The error that callers of the database know.
    var told: any Error {
        switch kind {
        case .constraint(let isUnique): ConstraintViolation(isUnique: isUnique, message: message)
        case .timeout: DatabaseUnavailable.timedOut
        case .full: DatabaseUnavailable.full
        case .overloaded: DatabaseUnavailable.busy
        case .unavailable: DatabaseUnavailable.disk
        case .conflict: DatabaseUnavailable.contended
        case .lost: DatabaseUnavailable.unreachable
        case .stale, .other: self
        }
    }
}
