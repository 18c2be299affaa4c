import CanonicalJSON

extension TapeView {
    /// The value at an index, in memory.
    func value(at index: Int) -> JSONValue {
        let node = nodes[index]
        if node.isKind(.object) {
            var object = JSONObject()
            // In sorted order every member goes to the end.
            for key in keys(of: index).sorted(by: { text($0).lexicographicallyPrecedes(text($1)) }) {
                object[string(key)] = value(at: key + 1)
            }
            return .object(object)
        }
        if node.isKind(.array) { return .array(elements(of: index).map { value(at: $0) }) }
        if node.isKind(.string) { return .string(string(index)) }
        if node.isKind(.boolean) { return .bool(node.has(TapeNode.isTrue)) }
        guard node.isKind(.number) else { return .null }
        if node.exponent == 0, !node.has(TapeNode.long) { return .number(JSONNumber(node.payload)) }
        return Double(numberText(index)).flatMap(JSONNumber.init).map(JSONValue.number) ?? .null
    }

    /// A number's digits as JSON writes them.
    func numberText(_ index: Int) -> String {
        let node = nodes[index]
        if node.has(TapeNode.long) { return string(index) }
        return PlainNumber.text(ShortNumber(node))
    }
}

extension Tape {
    func value(at index: Int) -> JSONValue { withExtendedLifetime(self) { view.value(at: index) } }
}

/// Numbers as people write them.
enum PlainNumber {
    /// 1.5 rather than 15e-1; very large and very small numbers keep an exponent.
    static func text(_ number: ShortNumber) -> String {
        let digits = String(number.mantissa.magnitude)
        let sign = number.mantissa < 0 ? "-" : ""
        let places = -Int(number.exponent)
        switch places {
        case 0: return sign + digits
        case ..<0: return "\(sign)\(digits)e\(-places)"
        case ..<digits.count: return "\(sign)\(digits.dropLast(places)).\(digits.suffix(places))"
        case ..<20: return "\(sign)0.\(String(repeating: "0", count: places - digits.count))\(digits)"
        default: return "\(sign)\(digits)e\(-places)"
        }
    }
}
