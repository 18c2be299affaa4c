package import Accounts
package import Kernel
import Sealing

/// A picture that somebody handed in.
package struct Document: Sendable, Equatable {
    package let id: ID<Document>
    package let person: ID<Person>
    package let kind: Kind
    package let mediaType: PictureFormat
    package let width: Int
    package let height: Int
    package let uploadedAt: Instant
    /// The file of the picture as it is shown. Equal pictures of one person share one.
    let file: ID<StoredFile>
    /// The file that was sent, if what is shown was made from it.
    let original: ID<StoredFile>?
    /// SHA-256 of the picture's bytes, sealed: an open hash would tell whether somebody has a known picture.
    let digest: Sealed
    package private(set) var reading: ReadingState

    package enum Kind: String, Sendable, Codable {
        /// A business licence: it is read.
        case licence
        /// Any other picture: kept and shown.
        case other
    }

    /// Notes how the reading ended. Once a picture was read, it stays read.
    mutating func finish(_ outcome: ReadingState) {
        guard reading == .waiting else { return }
        reading = outcome
    }
}

/// How far the reading of a picture is.
package enum ReadingState: String, Sendable, Codable {
    case notNeeded = "not_needed"
    case waiting
    case read
    /// Nothing usable was found, or the picture could not be opened.
    case failed
    /// Reading is not installed or not running; the picture is kept and the fields are typed.
    case unavailable
}
