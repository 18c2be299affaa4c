/// The identity of one `Subject`: 26 lower-case Crockford base-32 characters, 48 bits of time and 80 of chance.
///
/// Ids sort by the time they were made and can't be guessed. The shape is that of a ULID
/// (https://github.com/ulid/spec), in lower case because ids stand in addresses.
package struct ID<Subject>: Hashable, Sendable, Comparable {
    /// The 26 characters.
    package let text: String

    /// Makes a new id for something that begins at `now`.
    package static func new(at now: Instant) -> ID {
        var random = SystemRandomNumberGenerator()
        return ID.new(at: now, using: &random)
    }

    /// Makes a new id from a given source of chance.
    package static func new(at now: Instant, using random: inout some RandomNumberGenerator) -> ID {
        let time = UInt128(UInt64(bitPattern: now.milliseconds) & 0xFFFF_FFFF_FFFF)
        let chance = UInt128(random.next() as UInt64) << 16 | UInt128(random.next() as UInt16)
        return ID(number: time << 80 | chance)
    }

    /// Accepts `text` if it has the shape of an id.
    package init?(_ text: String) {
        guard Self.canBe(text) else { return nil }
        self.text = text
    }

    /// Takes a text that has the shape of an id.
    /// - Precondition: `canBe(text)`.
    package init(checked text: String) { self.text = text }

    /// Whether a text has the shape of an id.
    package static func canBe(_ text: String) -> Bool { IDAlphabet.canWrite(text) }

    private init(number: UInt128) {
        var rest = number
        var bytes = [UInt8](repeating: 0, count: 26)
        for position in bytes.indices.reversed() {
            bytes[position] = IDAlphabet.characters[Int(rest & 31)]
            rest >>= 5
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    package static func < (left: ID, right: ID) -> Bool { left.text < right.text }
}

extension ID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = ID(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an id"))
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension ID: CustomStringConvertible {
    package var description: String { text }
}

private enum IDAlphabet {
    /// Whether a text has the shape of an id.
    static func canWrite(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.count == 26 && isMember.withUnsafeBufferPointer { isMember in bytes.allSatisfy { isMember[Int($0)] } }
        }
    }

    static let characters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    static let isMember = (0...255).map { characters.contains(UInt8($0)) }
}
