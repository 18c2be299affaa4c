import Foundation

/// One message between the product and its recognition worker: a JSON header and bytes beside it.
///
/// On the wire: four bytes big-endian length of all that follows, four bytes length of the header, header, bytes.
struct Frame: Sendable, Equatable {
    var header: Data
    var body: Data

    /// Larger than any picture that is accepted together with its header; a longer length means garbage on the line.
    static let maximumLength = 96 << 20

    var encoded: Data {
        var data = Data(capacity: 8 + header.count + body.count)
        data.appendBigEndian(4 + header.count + body.count)
        data.appendBigEndian(header.count)
        data.append(header)
        data.append(body)
        return data
    }

    /// Reads the next frame from a descriptor; nil when the other side is gone or talks nonsense.
    static func read(from descriptor: Int32) -> Frame? {
        guard let prefix = readExactly(8, from: descriptor) else { return nil }
        let (length, headerLength) = (prefix.bigEndian(at: 0), prefix.bigEndian(at: 4))
        guard length <= maximumLength, headerLength <= length - 4,
            let content = readExactly(length - 4, from: descriptor)
        else { return nil }
        return Frame(header: Data(content.prefix(headerLength)), body: Data(content.dropFirst(headerLength)))
    }

    private static func readExactly(_ count: Int, from descriptor: Int32) -> Data? {
        guard count >= 0 else { return nil }
        var data = Data(count: count)
        let isComplete = data.withUnsafeMutableBytes { buffer in
            var filled = 0
            while filled < count {
                let got = Foundation.read(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
                if got > 0 {
                    filled += got
                } else if got == 0 || errno != EINTR {
                    return false
                }
            }
            return true
        }
        return isComplete ? data : nil
    }
}

extension Data {
    fileprivate mutating func appendBigEndian(_ value: Int) {
        Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { append(contentsOf: $0) }
    }

    fileprivate func bigEndian(at offset: Int) -> Int {
        dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
}
