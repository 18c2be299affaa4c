/// What kind of value a question wants, and so which widget asks it.
package enum FieldKind: String, Sendable, CaseIterable {
    case text
    case longText
    /// A whole number.
    case number
    /// An amount; kept as whole fen.
    case money
    /// A day that is not later than today; kept as ISO 8601.
    case date
    /// A day until which something counts, or 长期.
    case expiry
    case personName
    /// A number with a grammar: `PackField.format` names it.
    case identifier
    /// One of some options.
    case choice
    /// A county, as its six-digit division code.
    case region
    /// A bank with its branch.
    case bank
    /// One or more of the pack's categories.
    case categories
    /// A picture of a business licence, which is read.
    case licence
    /// Any other picture.
    case picture
    /// A promise that has to be given.
    case consent
    /// A repeating group of questions, kept as rows under stable ids.
    case list

    package var isPicture: Bool { self == .licence || self == .picture }
}
