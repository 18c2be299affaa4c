/// Turns photos that browsers can't show into JPEG: the decoder's process, or a stand-in for tests.
package protocol PictureConverter: Sendable {
    /// - Returns: the photo as it is meant to be seen, without the place where it was taken.
    func jpeg(fromHEIC bytes: [UInt8]) async throws(PictureConverterFault) -> [UInt8]
}

/// Why a photo was not converted.
package enum PictureConverterFault: Error, Equatable {
    case unavailable
    case damaged
    case tooManyPixels
}
