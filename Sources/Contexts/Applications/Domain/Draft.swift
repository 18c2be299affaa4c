package import CanonicalJSON
package import Catalogue

/// What an applicant has filled in so far, and what a picture said.
package struct Draft: Sendable, Equatable {
    /// The form's values: nested objects whose leaves are texts, lists of category ids, and document ids.
    package private(set) var values: JSONValue
    /// What was read from pictures, by the path of the field that it fills.
    package private(set) var read: [String: ReadValue]
    /// Fields whose reading a person has looked at.
    package private(set) var confirmed: Set<String>

    package init() {
        values = [:]
        read = [:]
        confirmed = []
    }

    /// What a picture said of one field.
    package struct ReadValue: Sendable, Equatable {
        package let value: String
        package let document: String
        /// What the paper calls the field.
        package let name: String
        package let isDoubtful: Bool
        /// x, y, width, height in thousandths of the picture.
        package let box: [Int]
    }

    /// The text at a field.
    package func text(_ field: PackField) -> String? { values[field.pointer]?.string }

    /// The value at a field as people read and type it; empty if there is none.
    package func display(_ field: PackField) -> String { values[field.pointer].flatMap(field.display) ?? "" }

    /// Writes a value; `nil` clears it.
    mutating func set(_ field: PackField, to value: JSONValue?) {
        put(value.flatMap { $0.isBlank ? nil : $0 }, at: field.pointer)
    }

    /// Writes a value where it belongs, known to a form or not; `nil` clears it.
    mutating func put(_ value: JSONValue?, at pointer: JSONPointer) {
        if let value {
            // A parent that is no object can only come from a pack that contradicts itself; then nothing is written.
            try? values.set(value, at: pointer, creatingParents: true)
        } else if values[pointer] != nil {
            _ = try? values.remove(at: pointer)
        }
    }

    /// Chooses who applies.
    mutating func choose(subject: String) {
        try? values.set(
            .string(subject), at: JSONPointer(tokens: ["subject", "type"]), creatingParents: true)
    }

    /// Adds an empty row to a list, if it may have one more.
    mutating func addRow(to list: PackField) {
        let rows = list.rows(in: values)
        guard rows.count < list.most else { return }
        // The first row stands on the page before anything is in it.
        for row in rows where values[row.pointer] == nil {
            try? values.set([:], at: row.pointer, creatingParents: true)
        }
        try? values.set([:], at: list.row(list.nextRow(in: values)).pointer, creatingParents: true)
    }

    /// Takes a row out of a list with all that was in it.
    mutating func removeRow(_ id: String, from list: PackField) {
        guard PackField.isRowID(id) else { return }
        _ = try? values.remove(at: list.row(id).pointer)
    }

    /// Notes that a person has seen these fields next to the picture.
    mutating func confirm(_ fields: [PackField]) { confirmed.formUnion(fields.map(\.path)) }

    /// Takes over what a picture said: into fields that are empty, or that still hold what an earlier picture said.
    mutating func fill(_ fields: [(field: PackField, read: ReadValue)]) {
        for (field, new) in fields {
            let present = text(field)
            if present == nil || (present == read[field.path]?.value && !confirmed.contains(field.path)) {
                set(field, to: .string(new.value))
            }
            read[field.path] = new
            if text(field) == new.value { confirmed.remove(field.path) }
        }
    }

    /// Whether the value is what the picture said.
    package func isRecognised(_ field: PackField) -> Bool {
        guard let read = read[field.path] else { return false }
        return text(field) == read.value
    }

    /// Whether a person should look twice.
    package func isDoubtful(_ field: PackField) -> Bool {
        guard let read = read[field.path], read.isDoubtful else { return false }
        return isRecognised(field) && !confirmed.contains(field.path)
    }
}

extension Draft {
    /// The draft as JSON, for keeping.
    var json: JSONValue {
        var readings: JSONValue = [:]
        for (path, one) in read {
            readings[path] = [
                "value": .string(one.value), "document": .string(one.document), "name": .string(one.name),
                "doubtful": .bool(one.isDoubtful), "box": .array(one.box.map { .number(JSONNumber(Int64($0))) }),
            ]
        }
        return [
            "values": values, "read": readings, "confirmed": .array(confirmed.sorted().map { .string($0) }),
        ]
    }

    init(json: JSONValue) {
        values = json["values"] ?? [:]
        confirmed = Set((json["confirmed"]?.array ?? []).compactMap(\.string))
        read = [:]
        for member in json["read"]?.object ?? JSONObject() {
            read[member.key] = ReadValue(
                value: member.value["value"]?.string ?? "", document: member.value["document"]?.string ?? "",
                name: member.value["name"]?.string ?? "", isDoubtful: member.value["doubtful"]?.bool ?? true,
                box: (member.value["box"]?.array ?? []).compactMap { $0.integer.map(Int.init) })
        }
    }
}
