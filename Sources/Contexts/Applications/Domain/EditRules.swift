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

    /// - Parameters:
    ///   - submitted: the values of the last submission. What was empty then stays open until the next one, so that a
    ///     slip in a field that came newly into the form can be mended.
    ///   - wrong: the paths at which something is wrong by now: a paper that ran out, a category that newer rules deny.
    ///     Nobody is held up by a field that he may not mend.
    package init(_ state: JourneyState, submitted: JSONValue?, wrong: Set<String> = []) {
        switch state {
        case .draft: self = .all
        case .changesRequested(let comments):
            self = .named(Set(comments.map(\.path)).union(wrong), submitted: submitted ?? [:])
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
