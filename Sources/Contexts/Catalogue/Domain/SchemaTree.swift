import CanonicalJSON

/// Writes the questions of a form as a JSON Schema (draft 2020-12): the values' shape from the fields' paths, what is
/// wanted as `required`, what is wanted on a condition as `if` and `then`.
struct SchemaTree {
    private var root = Node()
    private var conditions: [JSONValue] = []

    /// An object on the way to a field, or the field itself.
    fileprivate struct Node {
        var children: [(token: String, node: Node)] = []
        var leaf: JSONValue?
        var required: [String] = []
    }

    init(_ fields: [PackField]) {
        for field in fields {
            add(field)
            for rule in field.rules { add(rule, on: field) }
        }
    }

    /// The schema of the whole object, without its head.
    var json: JSONValue {
        var schema = Self.object(root)
        if !conditions.isEmpty { schema["allOf"] = .array(conditions) }
        return schema
    }

    private mutating func add(_ field: PackField) {
        let tokens = field.path.split(separator: "/").map(String.init)
        let isAlwaysWanted = field.shown.isAlways && field.isRequired
        root.insert(field.schema, at: tokens[...], isRequired: isAlwaysWanted)
        if !isAlwaysWanted && field.isRequired { conditions.append(field.shown.then(Self.wanting(tokens[...]))) }
    }

    private mutating func add(_ rule: ContentRule, on field: PackField) {
        let tokens = field.path.split(separator: "/").map(String.init)
        let demand = Self.at(tokens[...], rule.schema)
        conditions.append(rule.shown.isAlways ? demand : rule.shown.then(demand))
    }

    private static func object(_ node: Node) -> JSONValue {
        if let leaf = node.leaf { return leaf }
        var properties = JSONObject()
        for (token, child) in node.children { properties[token] = object(child) }
        var schema: JSONValue = [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
        ]
        if !node.required.isEmpty { schema["required"] = .array(node.required.map { .string($0) }) }
        return schema
    }

    /// `{"properties": {"a": {"properties": {"b": inner}}}}`.
    static func at(_ tokens: ArraySlice<String>, _ inner: JSONValue) -> JSONValue {
        guard let first = tokens.first else { return inner }
        return ["properties": [first: at(tokens.dropFirst(), inner)]]
    }

    /// Wants the value at an address, and every object on the way.
    static func wanting(_ tokens: ArraySlice<String>) -> JSONValue {
        guard let first = tokens.first else { return [:] }
        if tokens.count == 1 { return ["required": [.string(first)]] }
        return ["required": [.string(first)], "properties": [first: wanting(tokens.dropFirst())]]
    }
}

extension SchemaTree.Node {
    fileprivate mutating func insert(_ schema: JSONValue, at tokens: ArraySlice<String>, isRequired: Bool) {
        guard let first = tokens.first else {
            leaf = schema
            return
        }
        if isRequired, !required.contains(first) { required.append(first) }
        if let known = children.firstIndex(where: { $0.token == first }) {
            children[known].node.insert(schema, at: tokens.dropFirst(), isRequired: isRequired)
        } else {
            var node = SchemaTree.Node()
            node.insert(schema, at: tokens.dropFirst(), isRequired: isRequired)
            children.append((first, node))
        }
    }
}

extension ShowWhen {
    /// `if` this holds, `then` that.
    fileprivate func then(_ demand: JSONValue) -> JSONValue {
        let tests = conditions.map { condition in
            let answers = condition.answers.map { answer in
                let tokens = answer.path.split(separator: "/").map(String.init)
                return SchemaTree.wanting(tokens[...]).merging(
                    SchemaTree.at(tokens[...], ["const": .string(answer.value)]))
            }
            return answers.count == 1 ? answers[0] : ["anyOf": .array(answers)]
        }
        return ["if": tests.count == 1 ? tests[0] : ["allOf": .array(tests)], "then": demand]
    }
}

extension JSONValue {
    /// Both objects' members; where both have one, their objects are merged.
    fileprivate func merging(_ other: JSONValue) -> JSONValue {
        guard let object, let members = other.object else { return other }
        var merged = object
        for member in members {
            merged[member.key] = merged[member.key].map { $0.merging(member.value) } ?? member.value
        }
        return .object(merged)
    }
}
