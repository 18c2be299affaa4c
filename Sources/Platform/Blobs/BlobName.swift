/// The random name of a stored file. It says nothing about what is in it.
package struct BlobName: Hashable, Sendable {
    package let text: String

    /// Accepts 32 lower-case hexadecimal digits.
    package init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.text = text
    }

    /// A name that nobody has: 128 random bits.
    static func random() -> BlobName {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2).map { _ in
            let part = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - part.count) + part
        }
        return BlobName(known: digits.joined())
    }

    private init(known text: String) { self.text = text }
}
