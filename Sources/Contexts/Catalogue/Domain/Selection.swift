/// The answers that choose the form: who applies, what is sold, in what kind of shop.
package struct Selection: Sendable, Hashable {
    package let subject: String
    /// In the order of the pack's tree.
    package let categories: [String]
    package let shopType: String

    package init(subject: String, categories: [String], shopType: String) {
        self.subject = subject
        self.categories = categories
        self.shopType = shopType
    }
}
