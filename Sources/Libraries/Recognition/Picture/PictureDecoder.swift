import CPNG
import CTurboJPEG
import Foundation

/// Turns uploaded bytes into pixels, trusting nothing they say about themselves.
enum PictureDecoder {
    /// Larger than any phone's normal mode; a header that claims more is refused before a byte is decoded.
    static let maximumPixels = 40_000_000
    /// Text is sharp enough at this size; larger JPEGs are decoded at a half or a quarter.
    static let usefulLongSide = 2400

    static func decode(_ data: Data) throws(RecognitionError) -> Bitmap {
        let outcome: Result<Bitmap, RecognitionError> = data.withUnsafeBytes { raw in
            do throws(RecognitionError) {
                if raw.starts(with: [0xFF, 0xD8, 0xFF]) { return .success(try decodeJPEG(raw)) }
                if raw.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                    return .success(try decodePNG(raw))
                }
                return .failure(.unsupportedFormat)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private static func decodeJPEG(_ raw: UnsafeRawBufferPointer) throws(RecognitionError) -> Bitmap {
        let bytes = raw.bindMemory(to: UInt8.self)
        var (width, height) = (Int32(0), Int32(0))
        var message = [CChar](repeating: 0, count: Int(CTJ_MESSAGE_SIZE))
        guard ctj_measure(bytes.baseAddress, bytes.count, &width, &height, &message) == 0 else {
            throw .damaged(text(message))
        }
        try checkSize(Int(width), Int(height))
        var (scaledWidth, scaledHeight) = (Int32(0), Int32(0))
        ctj_scaled(width, height, Int32(usefulLongSide), &scaledWidth, &scaledHeight)
        var status: Int32 = -1
        let bitmap = Bitmap(width: Int(scaledWidth), height: Int(scaledHeight)) { pixels in
            status = ctj_decode(
                bytes.baseAddress, bytes.count, pixels.baseAddress, scaledWidth, scaledHeight, &message)
            if status != 0 { pixels.initialize(repeating: 0) }
        }
        guard status == 0 else { throw .damaged(text(message)) }
        return bitmap.applying(EXIFOrientation.turn(ofJPEG: raw))
    }

    private static func decodePNG(_ raw: UnsafeRawBufferPointer) throws(RecognitionError) -> Bitmap {
        let bytes = raw.bindMemory(to: UInt8.self)
        var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
        // The header chunk is always the first: eight bytes of signature, length and name, then the two sides.
        guard bytes.count > 33, bytes[12..<16].elementsEqual("IHDR".utf8) else { throw .damaged("no PNG header") }
        let (width, height) = (bigEndian(bytes[16..<20]), bigEndian(bytes[20..<24]))
        guard width > 0, height > 0 else { throw .damaged("a PNG without area") }
        try checkSize(width, height)
        var status: Int32 = -1
        var bitmap = Bitmap(width: width, height: height) { pixels in
            pixels.initialize(repeating: 0)
            status = cpng_decode(bytes.baseAddress, bytes.count, pixels.baseAddress, pixels.count, &message)
        }
        guard status == 0 else { throw .damaged(text(message)) }
        while max(bitmap.width, bitmap.height) >= usefulLongSide * 2 { bitmap = bitmap.halved() }
        return bitmap
    }

    private static func bigEndian(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

    private static func checkSize(_ width: Int, _ height: Int) throws(RecognitionError) {
        let (pixels, isBeyond) = width.multipliedReportingOverflow(by: height)
        guard !isBeyond, pixels <= maximumPixels else { throw .tooLarge(width: width, height: height) }
    }

    private static func text(_ message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
