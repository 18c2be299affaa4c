/// What was read from a picture.
package struct PictureReading: Sendable, Codable, Equatable {
    /// `licence`, or `unknown` if it is something else.
    package let kind: String
    /// Keyed by what the paper calls the field, such as 统一社会信用代码.
    package let fields: [String: ReadField]

    package init(kind: String, fields: [String: ReadField]) {
        self.kind = kind
        self.fields = fields
    }
}

/// One value, and how sure the reading is of it.
package struct ReadField: Sendable, Codable, Equatable {
    package let value: String
    /// 0 to 1.
    package let confidence: Double
    /// Where it stands on the picture as shown: x, y, width, height in thousandths.
    package let box: [Int]
    /// Whether a check digit was used to mend it.
    package let isRepaired: Bool
    /// A JPEG of the place; empty once it is kept as a file of its own.
    package var crop: [UInt8]
    /// The file of the crop.
    package var cropBlob: String?

    package init(value: String, confidence: Double, box: [Int], isRepaired: Bool, crop: [UInt8]) {
        self.value = value
        self.confidence = confidence
        self.box = box
        self.isRepaired = isRepaired
        self.crop = crop
    }

    /// Below this a person should look twice.
    package static let sure = 0.85

    package var isDoubtful: Bool { confidence < Self.sure }
}

/// Reads pictures: the recognition process, or a stand-in for tests.
package protocol PictureReader: Sendable {
    func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading
    /// How the reader is, in plain Chinese, for operators.
    var condition: ReaderCondition { get async }
}

/// How the reader is.
package struct ReaderCondition: Sendable, Equatable {
    package let isReady: Bool
    package let text: String

    package init(isReady: Bool, text: String) {
        self.isReady = isReady
        self.text = text
    }
}

/// Why a picture was not read.
package enum PictureReaderFault: Error, Equatable {
    /// Reading is not installed or not running.
    case unavailable
    /// The picture can't be decoded, or it took the process down twice.
    case unreadable
    /// Too many pictures are waiting; try again later.
    case busy
}
