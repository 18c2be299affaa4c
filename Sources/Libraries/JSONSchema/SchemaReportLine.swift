package import CanonicalJSON

extension Schema {
    /// What `ruzhu schema validate` prints about one line: whether it is valid, and every fault with its places. A
    /// line that is not JSON is not valid either.
    ///
    /// Shape: `{"valid": false, "errors": [{"instance": "/name", "schema": "/properties/name/minLength", "keyword":
    /// "minLength", "code": "schema.min_length", "message": "…"}]}`; `document`, `hint` and, for a text that is not
    /// JSON, `offset` only where there is one.
    package func report(on text: some Collection<UInt8>, limits: JSONLimits = .standard) -> JSONValue {
        do throws(JSONFault) {
            let document = try JSONDocument(utf8: text, limits: limits)
            // The quick judge decides; the other one only explains.
            if isValid(document) { return ["valid": true, "errors": []] }
            return ["valid": false, "errors": .array(validate(document).map(\.value))]
        } catch {
            let offset = JSONValue.number(JSONNumber(Int64(error.offset)))
            return [
                "valid": false,
                "errors": [["code": .string(error.code), "message": .string(error.message), "offset": offset]],
            ]
        }
    }
}

extension SchemaError {
    fileprivate var value: JSONValue {
        var value: JSONValue = [
            "instance": .string(instance.description), "schema": .string(schema.description),
            "keyword": .string(keyword), "code": .string(code), "message": .string(message),
        ]
        if !document.isEmpty { value["document"] = .string(document) }
        if let hint { value["hint"] = .string(hint) }
        return value
    }
}
