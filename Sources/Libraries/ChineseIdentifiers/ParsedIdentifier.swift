/// A value that was checked when it was read and is trusted from then on.
package protocol ParsedIdentifier: Hashable, Sendable, CustomStringConvertible {
    associatedtype Fault: IdentifierFault

    /// Reads what a person typed or a machine recognised. Full-width letters become half-width, spaces and
    /// hyphens go, small letters become capitals; a text that already has its normal form is unchanged.
    init(_ text: String) throws(Fault)

    /// The whole value in its normal form.
    var plain: String { get }

    /// The value with its middle covered, for lists and messages.
    var masked: String { get }

    /// A valid, fictional value for tests and sample pages.
    static var example: Self { get }
}

extension ParsedIdentifier {
    package var description: String { plain }
}

/// Why a text is not an identifier. It never contains the text itself.
package protocol IdentifierFault: Error, Hashable {
    /// A stable name for programs, such as `uscc.check_digit`.
    var code: String { get }

    /// What is wrong, in Chinese, for the person who typed it.
    var message: String { get }

    /// What to do about it, in Chinese.
    var hint: String { get }

    /// The one-based position of the one character that is wrong, if the fault knows it.
    var wrongPosition: Int? { get }

    /// Whether the wrong character is the first one that is no digit.
    var meansFirstNonDigit: Bool { get }

    /// What belongs at that position, in Chinese, such as 数字.
    var expectedCharacter: String { get }
}

extension IdentifierFault {
    package var wrongPosition: Int? { nil }

    package var meansFirstNonDigit: Bool { false }

    package var expectedCharacter: String { "数字" }
}

extension IdentifierFault where Self: RawRepresentable, RawValue == String {
    package var code: String { rawValue }
}
