/// Why a picture could not be read.
package enum RecognitionError: Error, Sendable, Equatable {
    /// The bytes are no JPEG or PNG, judged by their content.
    case unsupportedFormat
    /// The picture has more pixels than is sane for a photograph; nothing was decoded.
    case tooLarge(width: Int, height: Int)
    /// The picture claims to be JPEG or PNG but cannot be decoded to its end.
    case damaged(String)
    /// Models or libraries are missing or do not load; the text is for the operator.
    case unavailable(String)
    /// More pictures wait than the queue holds.
    case queueFull
    /// The picture took longer than it may.
    case timedOut
    /// The worker died over this picture twice.
    case workerDied
    /// The model refused the input; not the picture's fault.
    case failed(String)
    /// The pool is shutting down.
    case stopped
    /// The caller no longer waits.
    case cancelled
}
