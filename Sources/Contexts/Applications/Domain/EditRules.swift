import CanonicalJSON
package import Catalogue

/// Which fields an applicant may write now.
package enum EditRules: Equatable {
    /// A draft: all of them.
    case all
    /// After a request for changes: the named fields, and any that are still empty.
    case named(Set<String>)
    /// Nothing: the application is with others, or has ended.
    case none

    package init(_ state: JourneyState) {
        switch state {
        case .draft: self = .all
        case .changesRequested(let comments): self = .named(Set(comments.map(\.path)))
        case .at, .held, .rejected, .open, .withdrawn: self = .none
        }
    }

    package func allows(_ field: PackField, in draft: Draft) -> Bool {
        switch self {
        case .all: true
        case .named(let paths): paths.contains(field.path) || (draft.values[field.pointer]?.isBlank ?? true)
        case .none: false
        }
    }
}
