import Foundation

/// How payloads are written and read. The coders are kept: making one costs as much as using it.
enum PayloadCoding {
    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    static func text(_ payload: some Encodable) throws -> String {
        String(decoding: try encoder.encode(payload), as: UTF8.self)
    }

    static func value<Payload: Decodable>(_ text: String, as type: Payload.Type) throws -> Payload {
        try decoder.decode(Payload.self, from: Data(text.utf8))
    }
}
