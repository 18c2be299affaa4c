import Foundation
import Testing

@testable import Recognition

@Suite("Bytes that are not what they say")
struct HostilePicturesTests {
    private static let jpeg: Data = {
        let bitmap = Bitmap(
            width: 64, height: 48, pixels: (0..<(64 * 48 * 3)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        return (try? JPEGEncoder.encode(bitmap)) ?? Data()
    }()

    @Test("Other types are refused by their bytes", arguments: ["", "x", "GIF89a........", "%PDF-1.7", "<svg/>"])
    func otherTypes(text: String) {
        #expect(throws: RecognitionError.unsupportedFormat) { try PictureDecoder.decode(Data(text.utf8)) }
    }

    @Test("A JPEG survives its way out and in")
    func jpeg() throws {
        let bitmap = try PictureDecoder.decode(Self.jpeg)
        #expect(bitmap.width == 64 && bitmap.height == 48)
    }

    @Test("A JPEG cut off anywhere is refused, never half read", arguments: [3, 10, 25, 50, 75, 90, 97])
    func truncated(percent: Int) {
        let part = Self.jpeg.prefix(max(3, Self.jpeg.count * percent / 100))
        #expect(throws: RecognitionError.self) { try PictureDecoder.decode(Data(part)) }
    }

    @Test("A header that claims 20,000 × 20,000 pixels is refused before anything is decoded")
    func headerBombs() throws {
        var bomb = Self.jpeg
        let frame = try #require(bomb.firstRange(of: Data([0xFF, 0xC0])))
        bomb.replaceSubrange((frame.lowerBound + 5)..<(frame.lowerBound + 9), with: [0x4E, 0x20, 0x4E, 0x20])
        #expect(throws: RecognitionError.tooLarge(width: 20_000, height: 20_000)) { try PictureDecoder.decode(bomb) }

        #expect(throws: RecognitionError.tooLarge(width: 20_000, height: 20_000)) {
            try PictureDecoder.decode(Self.png(width: 20_000, height: 20_000))
        }
    }

    @Test("A PNG without its pixels is refused")
    func emptyPNG() {
        #expect(throws: RecognitionError.self) { try PictureDecoder.decode(Self.png(width: 10, height: 10)) }
    }

    @Test("Random bytes behind a true beginning never crash the decoders")
    func randomBytes() {
        var generator = SystemRandomNumberGenerator()
        for start in [[0xFF, 0xD8, 0xFF, 0xE0], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]] as [[UInt8]] {
            for _ in 0..<200 {
                let rest = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                _ = try? PictureDecoder.decode(Data(start + rest))
            }
        }
        for _ in 0..<300 {
            var bent = Self.jpeg
            for _ in 0..<4 {
                bent[Int.random(in: 2..<bent.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = try? PictureDecoder.decode(bent)
        }
    }

    @Test("A camera's note of how it was held is honoured, a broken one ignored")
    func orientation() throws {
        for (value, expected) in [(6, Turn.clockwise), (8, .anticlockwise), (3, .half), (1, .none), (99, .none)] {
            #expect(Self.withOrientation(UInt8(value)) { EXIFOrientation.turn(ofJPEG: $0) } == expected)
        }
        let turned = try PictureDecoder.decode(Self.jpegWithOrientation(6))
        #expect(turned.width == 48 && turned.height == 64)
        for count in 0..<40 {
            let part = Data(Self.jpegWithOrientation(6).prefix(count))
            _ = part.withUnsafeBytes { EXIFOrientation.turn(ofJPEG: $0) }
        }
    }

    private static func withOrientation<Result>(
        _ value: UInt8, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result { jpegWithOrientation(value).withUnsafeBytes(body) }

    private static func jpegWithOrientation(_ value: UInt8) -> Data {
        let tiff: [UInt8] = [
            0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0,
        ]
        let segment = Array("Exif".utf8) + [0, 0] + tiff
        return Data([0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(segment.count + 2)] + segment) + jpeg.dropFirst(2)
    }

    /// A header with a right checksum and nothing behind it.
    private static func png(width: UInt32, height: UInt32) -> Data {
        func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let body = Array(name.utf8) + content
            var crc: UInt32 = 0xFFFF_FFFF
            for byte in body {
                crc ^= UInt32(byte)
                for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
            }
            return bytes(UInt32(content.count)) + body + bytes(crc ^ 0xFFFF_FFFF)
        }
        let header = bytes(width) + bytes(height) + [8, 2, 0, 0, 0]
        return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IEND", []))
    }
}
