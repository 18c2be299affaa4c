import CanonicalJSON

/// Sentences that need more than a number.
enum Message {
    static func type(_ kinds: ValueKinds) -> String {
        var names: [String] = []
        if kinds.contains(.string) { names.append("文字") }
        if kinds.contains(.number) {
            names.append("数字")
        } else if kinds.contains(.integer) {
            names.append("整数")
        }
        if kinds.contains(.boolean) { names.append("是或否") }
        if kinds.contains(.array) { names.append("列表") }
        if kinds.contains(.object) { names.append("一组字段") }
        if kinds.contains(.null) { names.append("空值") }
        return names.isEmpty ? "此处不应填写" : "应为\(names.joined(separator: "或"))"
    }

    static func values(_ values: [Int], _ tape: TapeView) -> String {
        let texts = values.prefix(8).map { place in
            tape.nodes[place].isKind(.string) ? tape.string(place) : tape.value(at: place).description
        }
        switch texts.count {
        case 0: return "没有可以填写的值"
        case 1: return "只能是 \(texts[0])"
        default: return "只能是 \(texts.joined(separator: "、"))\(values.count > 8 ? " 等" : " ")之一"
        }
    }
}
