/// Where in a pack's files something stands.
package struct PackPlace: Sendable, Hashable, Comparable {
    package let file: String
    /// From 1.
    package let line: Int

    package static func < (left: Self, right: Self) -> Bool { (left.file, left.line) < (right.file, right.line) }
}

/// What is wrong in a pack, and where.
package struct PackFault: Sendable, Hashable {
    package let kind: Kind
    package let place: PackPlace
    /// In Chinese, for the operator who wrote it.
    package let message: String

    init(_ kind: Kind, at place: PackPlace, _ message: String) {
        self.kind = kind
        self.place = place
        self.message = message
    }

    /// The raw value is the stable code.
    package enum Kind: String, Sendable, CaseIterable {
        case unreadable = "pack.unreadable"
        case missingFile = "pack.missing_file"
        case syntax = "pack.syntax"
        case unknownKey = "pack.unknown_key"
        case missingText = "pack.missing_text"
        case wrongType = "pack.wrong_type"
        case outOfRange = "pack.out_of_range"
        case badName = "pack.bad_name"
        case duplicate = "pack.duplicate"
        case unknownName = "pack.unknown_name"
        case wrongExample = "pack.wrong_example"
        case badPath = "pack.bad_path"
        case unreachable = "pack.unreachable"
        case impossible = "pack.impossible"
        case contradiction = "pack.contradiction"
        case tree = "pack.tree"
    }

    /// Such as `categories/food.yaml:12 …`.
    package var description: String { "\(place.file):\(place.line) \(message)（\(kind.rawValue)）" }
}

/// A pack that can't be used, and everything that is wrong with it.
package struct PackFaults: Error, Sendable, CustomStringConvertible {
    package let faults: [PackFault]

    init(_ faults: [PackFault]) { self.faults = faults.sorted { $0.place < $1.place } }

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
