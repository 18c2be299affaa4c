/// Six digits that prove a phone number. They print as a word, so that they can't reach a log.
struct OneTimeCode: Sendable, Equatable {
    static let length = 6

    /// The six digits.
    let digits: String

    /// Makes a new code; every code is equally likely.
    static func random(using random: inout some RandomNumberGenerator) -> OneTimeCode {
        let digits = (0..<length).map { _ in String(Int.random(in: 0...9, using: &random)) }
        return OneTimeCode(digits: digits.joined())
    }

    /// Reads what a person typed: blanks go, full-width digits become half-width. `nil` if it is not six digits.
    init?(typed text: String) {
        let digits = text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { scalar in
            (0xFF10...0xFF19).contains(scalar.value) ? Int(scalar.value - 0xFF10) : Self.digit(scalar)
        }
        guard digits.count == Self.length, !digits.contains(nil) else { return nil }
        self.digits = digits.compactMap { $0.map(String.init) }.joined()
    }

    private init(digits: String) { self.digits = digits }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        (0x30...0x39).contains(scalar.value) ? Int(scalar.value - 0x30) : nil
    }
}

extension OneTimeCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "‹code›" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
