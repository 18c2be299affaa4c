/// Steps through a text byte by byte.
struct ByteScanner {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { offset == text.count }
    var current: UInt8? { offset < text.count ? text[offset] : nil }

    /// Steps over a character if it is there.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard current.map(UInt32.init) == character.value else { return false }
        offset += 1
        return true
    }

    /// Steps over as many bytes as belong to a set; how many.
    mutating func skip(while belongs: (UInt8) -> Bool) -> Int {
        let start = offset
        while offset < text.count, belongs(text[offset]) { offset += 1 }
        return offset - start
    }

    /// A number of exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let byte = current, ASCII.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
            offset += 1
        }
        return value
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// A part of the text, as a text.
    func part(_ range: Range<Int>) -> Self { Self(rebasing: self[range]) }

    func contains(_ character: Unicode.Scalar) -> Bool { contains { UInt32($0) == character.value } }
}
