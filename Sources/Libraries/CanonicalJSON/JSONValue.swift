/// A JSON text in memory (RFC 8259). Arrays and objects share their storage until one copy changes.
///
/// Two values are equal exactly when their canonical forms are the same bytes. So strings are compared byte by
/// byte (two spellings of `é` that Swift calls equal differ here), and numbers as doubles.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(bytesOf: value)
        case .array(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}

extension Hasher {
    /// Feeds the UTF-8 of a text, so that texts that differ in bytes differ in hash.
    mutating func combine(bytesOf text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(0xFF as UInt8)
    }
}

extension JSONValue {
    /// Whether this is `null`.
    package var isNull: Bool { if case .null = self { true } else { false } }

    /// The truth value of a boolean, nil for every other kind.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The text of a string, nil for every other kind.
    package var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The number, nil for every other kind.
    package var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }

    /// The whole number, nil for fractions, numbers outside `Int64` and every other kind.
    package var integer: Int64? { number?.integer }

    /// The nearest double of a number, nil for every other kind.
    package var double: Double? { number?.double }

    /// The elements of an array, nil for every other kind.
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The members of an object, nil for every other kind.
    package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The member of an object; nil when it is absent or this is no object.
    ///
    /// Setting changes, adds or (with nil) removes a member, and does nothing when this is no object.
    package subscript(key: String) -> JSONValue? {
        get { object?[key] }
        set {
            guard case .object(var members) = self else { return }
            self = .null
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The element of an array; nil outside its bounds or when this is no array.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

/// There is no `nil` literal: it would turn `value["a"] == nil` into a comparison with JSON null.
extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(booleanLiteral value: Bool) { self = .bool(value) }

    package init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }

    /// An infinite literal becomes `null`, as in ECMAScript.
    package init(floatLiteral value: Double) { self = JSONNumber(value).map(JSONValue.number) ?? .null }

    package init(stringLiteral value: String) { self = .string(value) }

    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Of members with the same key the last one stays.
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        if let object = JSONObject(unsorted: members.map { JSONObject.Member(key: $0.0, value: $0.1) }) {
            self = .object(object)
        } else {
            var object = JSONObject()
            for (key, value) in members { object[key] = value }
            self = .object(object)
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The canonical text.
    package var description: String { canonicalText }
}
