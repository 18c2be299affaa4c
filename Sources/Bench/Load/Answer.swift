import Foundation

/// An HTTP/1.1 answer in a buffer: only what the load looks at.
struct Answer {
    let status: Int
    let body: Range<Int>
    let closes: Bool

    /// What can't be read.
    enum Fault: Error { case malformed, chunked }

    /// Reads an answer of known length; nil while it is not all there.
    init?(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
        guard let start = bytes.baseAddress, bytes.count >= 16 else { return nil }
        guard let end = bytes.place(of: Self.blankLine) else { return nil }
        let head = end
        guard bytes[0] == UInt8(ascii: "H"), bytes[8] == UInt8(ascii: " ") else { throw .malformed }
        status = (9..<12).reduce(0) { $0 * 10 + Int(bytes[$1]) - 48 }
        var length: Int?
        var closes = false
        var place = 0
        while place < head {
            guard let line = memchr(start + place, 10, head + 2 - place) else { break }
            let next = UnsafeRawPointer(line) - start + 1
            switch bytes[next] | 0x20 {
            case UInt8(ascii: "c"):
                if Self.line(bytes, next, "content-length: ") { length = Self.number(bytes, next + 16) }
                if Self.line(bytes, next, "connection: close") { closes = true }
            case UInt8(ascii: "t") where Self.line(bytes, next, "transfer-encoding: "): throw .chunked
            default: break
            }
            place = next
        }
        guard let length = length ?? (status == 204 ? 0 : nil) else { throw .malformed }
        guard head + 4 + length <= bytes.count else { return nil }
        body = head + 4..<head + 4 + length
        self.closes = closes
    }

    private static func line(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ name: StaticString) -> Bool {
        guard place + name.utf8CodeUnitCount <= bytes.count else { return false }
        return name.withUTF8Buffer { wanted in
            wanted.indices.allSatisfy { bytes[place + $0] | 0x20 == wanted[$0] | 0x20 }
        }
    }

    private static let blankLine = Array("\r\n\r\n".utf8)

    private static func number(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        var number = 0
        var place = place
        while place < bytes.count, (48...57).contains(bytes[place]) {
            number = number * 10 + Int(bytes[place]) - 48
            place += 1
        }
        return number
    }
}

extension UnsafeRawBufferPointer {
    /// Where some bytes begin, if they are here.
    func place(of wanted: [UInt8]) -> Int? {
        guard let start = baseAddress, let first = wanted.first else { return nil }
        var place = 0
        while count - place >= wanted.count {
            guard let found = memchr(start + place, Int32(first), count - place - wanted.count + 1) else { return nil }
            place = UnsafeRawPointer(found) - start
            if memcmp(found, wanted, wanted.count) == 0 { return place }
            place += 1
        }
        return nil
    }
}
