extension TapeView {
    /// The index of a member's value, found by key; nil when it is absent.
    func valueOf(_ key: KeyText, _ keyBytes: UnsafePointer<UInt8>, in index: Int) -> Int? {
        var at = index + 1
        let end = nodes[index].high
        while at < end {
            let node = nodes[at]
            if node.hash == key.hash, node.high == Int(key.count),
                sameBytes(keyBytes + Int(key.offset), bytes + node.low, node.high)
            {
                return at + 1
            }
            at = self.end(of: at + 1)
        }
        return nil
    }
}

extension Program {
    /// Where a `$dynamicRef` leads: to the outermost resource that has been entered and has the anchor.
    func target(of step: Instruction, _ scope: [Int32]) -> Int32 {
        guard step.b >= 0 else { return step.a }
        for resource in scope {
            if let schema = dynamicAnchors[DynamicAnchor(resource: resource, name: step.b)] { return schema }
        }
        return step.a
    }

    /// The pointer of a schema within its document.
    func pointer(of schema: Int) -> [String] {
        let location = locations[schema]
        return documents[location.document].view.path(to: location.node)
    }

    func string(_ key: KeyText) -> String {
        let start = keyBytes.base + Int(key.offset)
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(key.count)), as: UTF8.self)
    }
}

extension TapeView {
    /// The tokens that lead from the root to a value.
    func path(to target: Int) -> [String] {
        var tokens: [String] = []
        var index = 0
        while index != target {
            let isObject = nodes[index].isKind(.object)
            var at = index + 1
            var place = 0
            let end = nodes[index].isContainer ? nodes[index].high : 0
            var next: Int?
            while at < end, next == nil {
                let value = isObject ? at + 1 : at
                let after = self.end(of: value)
                if target >= value, target < after {
                    tokens.append(isObject ? string(at) : String(place))
                    next = value
                }
                at = after
                place += 1
            }
            guard let next else { return tokens }
            index = next
        }
        return tokens
    }
}
