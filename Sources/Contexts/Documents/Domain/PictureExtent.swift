import Foundation

/// Where a picture ends in the bytes that were sent, found by walking through its structure without decoding anything.
///
/// What stands behind the end is no part of the picture. Phones put there what they like (a short film, a depth map),
/// and so do those who hide an archive or a page behind a photo: it is cut off and never kept.
enum PictureExtent {
    /// More passes over the picture than any encoder makes keep a decoder busy for minutes.
    private static let mostScans = 64

    /// The position behind a JPEG's end marker (ITU-T T.81, B.1); nil for one that is cut short or out of order.
    static func ofJPEG(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer -> Int? in
            var (position, frames, scans) = (2, 0, 0)
            while let code = marker(in: buffer, at: &position) {
                switch code {
                case 0xD9: return frames == 1 && scans > 0 ? position : nil
                case 0x01, 0xD0...0xD7: continue
                case 0xD8, 0x00: return nil
                default: break
                }
                guard position + 1 < buffer.count else { return nil }
                let length = Int(buffer[position]) << 8 | Int(buffer[position + 1])
                guard length >= 2, position + length <= buffer.count else { return nil }
                position += length
                // A second frame would let two readers see two pictures.
                if (0xC0...0xCF).contains(code), ![0xC4, 0xC8, 0xCC].contains(code) { frames += 1 }
                guard frames <= 1 else { return nil }
                if code == 0xDA {
                    scans += 1
                    guard frames == 1, scans <= mostScans, let end = scanEnd(in: buffer, from: position) else {
                        return nil
                    }
                    position = end
                }
            }
            return nil
        }
    }

    /// The position behind a PNG's last chunk (ISO 15948, 11.2); nil for one that is cut short.
    static func ofPNG(_ bytes: [UInt8]) -> Int? {
        var (position, hasPixels) = (8, false)
        while position + 12 <= bytes.count {
            let length = bytes[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - position - 12 else { return nil }
            let kind = bytes[(position + 4)..<(position + 8)]
            position += 12 + length
            if kind.elementsEqual("IDAT".utf8) { hasPixels = hasPixels || length > 0 }
            if kind.elementsEqual("IEND".utf8) { return hasPixels ? position : nil }
        }
        return nil
    }

    /// The code of the marker at a position, which then stands behind it.
    private static func marker(in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int) -> UInt8? {
        guard position < bytes.count, bytes[position] == 0xFF else { return nil }
        while position < bytes.count, bytes[position] == 0xFF { position += 1 }
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The position of the first marker behind a scan's data, in which FF stands for itself as FF00.
    private static func scanEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var position = start
        while position < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + position, 0xFF, bytes.count - position)
        {
            position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            guard position + 1 < bytes.count else { return nil }
            let next = bytes[position + 1]
            if next != 0x00, next != 0xFF, !(0xD0...0xD7).contains(next) { return position }
            position += next == 0xFF ? 1 : 2
        }
        return nil
    }
}
