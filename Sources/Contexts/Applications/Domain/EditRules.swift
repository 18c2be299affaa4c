package import CanonicalJSON
package import Catalogue

/// Which fields an applicant may write now.
package enum EditRules: Sendable, Equatable {
    /// A draft: all of them.
    case all
    /// After a request for changes: the named fields, and those that the submission left empty.
    case named(Set<String>, submitted: JSONValue)
    /// Nothing: the application is with others, or has ended.
    case none

    /// - Parameter submitted: the values of the last submission. What was empty then stays open until the next one, so
    ///   that a slip in a field that came newly into the form can be mended.
    package init(_ state: JourneyState, submitted: JSONValue?) {
        switch state {
        case .draft: self = .all
        case .changesRequested(let comments): self = .named(Set(comments.map(\.path)), submitted: submitted ?? [:])
        case .at, .held, .rejected, .open, .withdrawn: self = .none
        }
    }

    package func allows(_ field: PackField) -> Bool {
        switch self {
        case .all: true
        case .named(let paths, let submitted):
            paths.contains { field.path == $0 || field.path.hasPrefix($0 + "/") }
                || (submitted[field.pointer]?.isBlank ?? true)
        case .none: false
        }
    }
}
