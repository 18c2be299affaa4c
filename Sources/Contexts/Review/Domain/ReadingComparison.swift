import Catalogue

extension PackField {
    /// Whether a typed value says something else than what was read from the picture. Blanks, width, punctuation and
    /// the way of writing a date make no difference.
    func differs(_ typed: String, from read: String) -> Bool {
        switch kind {
        case .date, .expiry: Self.numbers(in: typed) != Self.numbers(in: read)
        case .text, .longText, .bank, .personName, .identifier: Self.letters(of: typed) != Self.letters(of: read)
        case .number, .money, .choice, .region, .categories, .licence, .picture, .consent, .list: false
        }
    }

    private static func numbers(in text: String) -> [Int?] {
        text.split(whereSeparator: { !$0.isWholeNumber }).map { Int($0) }
    }

    private static func letters(of text: String) -> [Unicode.Scalar] {
        text.uppercased().unicodeScalars.compactMap { scalar in
            let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
            guard let narrow, narrow.properties.isAlphabetic || narrow.properties.numericType != nil else { return nil }
            return narrow
        }
    }
}
