import Foundation

/// What the worker says. Its pictures come without a header: a frame with a body is a picture to read.
enum WorkerMessage: Codable, Equatable {
    /// The models are loaded and warm.
    case ready
    /// The worker cannot work on this machine, in words for the operator; it exits after this.
    case unavailable(String)
    /// The reading of the picture; the crops stand in the frame's body one after another.
    case read(WireReading)
    /// The picture cannot be read.
    case refused(WireRefusal)
}

/// A reading on the wire.
struct WireReading: Codable, Equatable {
    struct Field: Codable, Equatable {
        var name: String
        var value: String
        var confidence: Double
        var box: Reading.Box
        var repaired: Bool
        var cropLength: Int
    }

    var kind: Reading.Kind
    var fields: [Field]
    var rotation: Int
    var milliseconds: Int

    /// The header's part of a reading and the crops that go into the body.
    static func pack(_ reading: Reading) -> (WireReading, Data) {
        var body = Data()
        let fields = reading.fields.sorted { $0.key < $1.key }.map { name, field in
            body.append(field.crop)
            return Field(
                name: name, value: field.value, confidence: field.confidence, box: field.box,
                repaired: field.repaired, cropLength: field.crop.count)
        }
        let wire = WireReading(
            kind: reading.kind, fields: fields, rotation: reading.rotation, milliseconds: reading.milliseconds)
        return (wire, body)
    }

    /// Nil when the crops and their lengths do not agree.
    func unpack(_ body: Data) -> Reading? {
        var rest = body
        var unpacked: [String: Reading.Field] = [:]
        for field in fields {
            guard field.cropLength >= 0, field.cropLength <= rest.count else { return nil }
            unpacked[field.name] = Reading.Field(
                value: field.value, confidence: field.confidence, box: field.box,
                crop: Data(rest.prefix(field.cropLength)), repaired: field.repaired)
            rest = rest.dropFirst(field.cropLength)
        }
        return Reading(kind: kind, fields: unpacked, rotation: rotation, milliseconds: milliseconds)
    }
}

/// The errors a single picture can meet inside the worker.
enum WireRefusal: Codable, Equatable {
    case unsupportedFormat
    case tooLarge(width: Int, height: Int)
    case damaged(String)
    case failed(String)

    init(_ error: RecognitionError) {
        switch error {
        case .unsupportedFormat: self = .unsupportedFormat
        case .tooLarge(let width, let height): self = .tooLarge(width: width, height: height)
        case .damaged(let why): self = .damaged(why)
        case .failed(let why), .unavailable(let why): self = .failed(why)
        case .queueFull, .timedOut, .workerDied, .stopped, .cancelled: self = .failed("\(error)")
        }
    }

    var error: RecognitionError {
        switch self {
        case .unsupportedFormat: .unsupportedFormat
        case .tooLarge(let width, let height): .tooLarge(width: width, height: height)
        case .damaged(let why): .damaged(why)
        case .failed(let why): .failed(why)
        }
    }
}
