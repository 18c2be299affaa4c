extension JSONValue {
    /// The value at an address; nil when there is none.
    package subscript(pointer: JSONPointer) -> JSONValue? {
        var place = self
        for token in pointer.tokens {
            switch place {
            case .object(let members):
                guard let next = members[token] else { return nil }
                place = next
            case .array(let elements):
                guard let index = arrayIndex(token), index < elements.count else { return nil }
                place = elements[index]
            default: return nil
            }
        }
        return place
    }

    /// Puts a value at an address: replaces what is there, adds a member to an object, or appends to an array
    /// when the last token is `-` or the array's count.
    ///
    /// - Parameters:
    ///   - value: The new value.
    ///   - pointer: Where it goes.
    ///   - creatingParents: Whether missing members on the way become objects.
    /// - Throws: `JSONPointer.Fault.absent` or `.index`; the value is then unchanged.
    package mutating func set(
        _ value: JSONValue, at pointer: JSONPointer, creatingParents: Bool = false
    ) throws(JSONPointer.Fault) {
        try set(value, at: pointer.tokens[...], creatingParents: creatingParents)
    }

    /// Takes out the value at an address. Later elements of an array move up; the root becomes `null`.
    ///
    /// - Returns: What was there.
    /// - Throws: `JSONPointer.Fault.absent` or `.index`; the value is then unchanged.
    @discardableResult
    package mutating func remove(at pointer: JSONPointer) throws(JSONPointer.Fault) -> JSONValue {
        try remove(at: pointer.tokens[...])
    }

    private mutating func set(
        _ value: JSONValue, at tokens: ArraySlice<String>, creatingParents: Bool
    ) throws(JSONPointer.Fault) {
        guard let token = tokens.first else {
            self = value
            return
        }
        let rest = tokens.dropFirst()
        switch self {
        case .object(var members):
            // The enum lets go of its storage while it changes, so that nothing is copied.
            self = .null
            defer { self = .object(members) }
            let change = { (member: inout JSONValue) throws(JSONPointer.Fault) in
                try member.set(value, at: rest, creatingParents: creatingParents)
            }
            if try members.update(token, change) != nil { return }
            guard rest.isEmpty || creatingParents else { throw .absent }
            var added = rest.isEmpty ? value : .object(JSONObject())
            if !rest.isEmpty { try change(&added) }
            members[token] = added
        case .array(var elements):
            let index = token == "-" ? elements.count : arrayIndex(token)
            guard let index else { throw .index }
            guard index < elements.count || (index == elements.count && rest.isEmpty) else { throw .absent }
            self = .null
            defer { self = .array(elements) }
            if index == elements.count {
                elements.append(value)
            } else {
                try elements[index].set(value, at: rest, creatingParents: creatingParents)
            }
        default: throw .absent
        }
    }

    private mutating func remove(at tokens: ArraySlice<String>) throws(JSONPointer.Fault) -> JSONValue {
        guard let token = tokens.first else {
            defer { self = .null }
            return self
        }
        let rest = tokens.dropFirst()
        switch self {
        case .object(var members):
            self = .null
            defer { self = .object(members) }
            if rest.isEmpty {
                guard let removed = members[token] else { throw .absent }
                members[token] = nil
                return removed
            }
            let change = { (member: inout JSONValue) throws(JSONPointer.Fault) in try member.remove(at: rest) }
            guard let removed = try members.update(token, change) else { throw .absent }
            return removed
        case .array(var elements):
            guard let index = arrayIndex(token) else { throw .index }
            guard index < elements.count else { throw .absent }
            self = .null
            defer { self = .array(elements) }
            return rest.isEmpty ? elements.remove(at: index) : try elements[index].remove(at: rest)
        default: throw .absent
        }
    }
}

/// `0`, or digits without a leading zero (RFC 6901 section 4); nil for everything else.
private func arrayIndex(_ token: String) -> Int? {
    let bytes = token.utf8
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) }), bytes.count == 1 || bytes.first != 0x30 else { return nil }
    return Int(token)
}
