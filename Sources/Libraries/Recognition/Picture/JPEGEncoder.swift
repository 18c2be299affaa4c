import CTurboJPEG
import Foundation

/// Encodes the small crops that are shown beside the fields.
enum JPEGEncoder {
    static func encode(_ bitmap: Bitmap, quality: Int = 80) throws(RecognitionError) -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: Int(CTJ_MESSAGE_SIZE))
        let status = bitmap.pixels.withUnsafeBufferPointer { pixels in
            ctj_encode(
                pixels.baseAddress, Int32(bitmap.width), Int32(bitmap.height), Int32(quality), &bytes, &count,
                &message)
        }
        defer { ctj_free(bytes) }
        guard status == 0, let bytes else { throw .failed("a crop could not be encoded") }
        return Data(bytes: bytes, count: count)
    }
}
