import CanonicalJSON

extension PackField {
    /// What may stand in the field, as JSON Schema.
    var schema: JSONValue {
        var schema = kindSchema
        schema["title"] = .string(label)
        return schema
    }

    private var kindSchema: JSONValue {
        switch kind {
        case .text, .longText, .bank: ["type": "string", "minLength": .count(least), "maxLength": .count(most)]
        case .personName: ["type": "string", "format": "person-name"]
        case .number, .money: ["type": "integer", "minimum": .count(least), "maximum": .count(most)]
        case .date: ["type": "string", "format": "date"]
        case .expiry where format == Self.dated: ["type": "string", "format": "date"]
        case .expiry: ["type": "string", "format": .string(FormFormats.expiry)]
        case .identifier:
            format.map { ["type": "string", "format": .string($0)] }
                ?? ["type": "string", "minLength": .count(least), "maxLength": .count(most)]
        case .region: ["type": "string", "format": .string(FormFormats.division)]
        case .choice: ["enum": .array(options.map { .string($0.value) })]
        case .categories:
            [
                "type": "array", "minItems": 1, "uniqueItems": true,
                "items": ["enum": .array(options.map { .string($0.value) })],
            ]
        case .licence, .picture: ["type": "string", "minLength": 1, "maxLength": 64]
        case .consent: ["const": true]
        case .list: listSchema
        }
    }

    /// Rows under stable ids: an object of objects.
    private var listSchema: JSONValue {
        [
            "type": "object", "minProperties": .count(isRequired ? max(1, least) : 0), "maxProperties": .count(most),
            "propertyNames": ["pattern": "^r[0-9a-z]{4}$"], "additionalProperties": SchemaTree(items).json,
        ]
    }
}

extension ContentRule {
    /// The pattern. `x-fault` says in people's words what to do if a text does not match.
    var schema: JSONValue {
        var fault: JSONValue = ["code": .string(code), "message": .string(message)]
        fault["hint"] = hint.map { .string($0) }
        return ["pattern": .string(pattern), "x-fault": fault]
    }
}

extension JSONValue {
    fileprivate static func count(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
}
