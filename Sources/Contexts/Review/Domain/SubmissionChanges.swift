import CanonicalJSON

/// What an applicant changed from one round to the next.
struct SubmissionChanges: Sendable {
    /// What stood there before, by the path of a field whose value is another now; `nil` if it is new.
    private let before: [String: JSONValue?]

    init(from earlier: JSONValue, to later: JSONValue) {
        let old = Self.fields(of: earlier)
        var before: [String: JSONValue?] = [:]
        for (path, value) in Self.fields(of: later) where old[path] != value {
            before.updateValue(old[path], forKey: path)
        }
        self.before = before
    }

    /// A first round: nothing to compare with.
    static let none = SubmissionChanges(from: JSONObject.empty, to: JSONObject.empty)

    func contains(_ path: String) -> Bool { before.keys.contains(path) }

    /// The earlier value of a field that changed, if it had one.
    func earlier(_ path: String) -> JSONValue? { before[path] ?? nil }

    /// The values by their paths. A list is one value: a reviewer thinks of the categories, not of the second one.
    private static func fields(of value: JSONValue, at pointer: JSONPointer = .root) -> [String: JSONValue] {
        guard case .object(let members) = value else { return [pointer.description: value] }
        var fields: [String: JSONValue] = [:]
        for member in members {
            fields.merge(Self.fields(of: member.value, at: pointer.appending(member.key))) { first, _ in first }
        }
        return fields
    }
}

extension JSONObject {
    fileprivate static let empty = JSONValue.object(JSONObject())
}
