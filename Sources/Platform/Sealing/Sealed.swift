import Crypto
package import Database
import Foundation

/// A value that only its owner's key opens: AES-256-GCM, nonce ‖ ciphertext ‖ tag.
///
/// It prints as a word, so that it can't reach a log by accident; it would show nothing if it did.
package struct Sealed: Sendable, Hashable, Codable, SQLConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    package init(from decoder: any Decoder) throws {
        bytes = Array(try decoder.singleValueContainer().decode(Data.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }

    package var sqlValue: SQLValue { .blob(bytes) }

    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .blob(let bytes) = sqlValue else { throw UnfitValue() }
        self.bytes = bytes
    }
}

extension Sealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "‹sealed›" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A value in the clear that must not be printed, logged or encoded: it says so wherever it is shown.
package struct Secret<Value: Sendable>: Sendable {
    private let value: Value

    package init(_ value: Value) { self.value = value }

    /// The value itself. Each call is a place to look at in review.
    package func reveal() -> Value { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "‹secret›" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
