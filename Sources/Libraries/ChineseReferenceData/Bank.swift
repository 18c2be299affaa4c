/// A bank or another institution that keeps accounts.
package struct Bank: Hashable, Sendable {
    /// The Chinese name, such as 招商银行.
    package let name: String
    /// The abbreviation that card tables use, such as `CMB`; nil when it has none.
    package let abbreviation: String?
    /// The line number of the head office or the clearing centre; nil when it is not known.
    package let headOffice: String?
}
