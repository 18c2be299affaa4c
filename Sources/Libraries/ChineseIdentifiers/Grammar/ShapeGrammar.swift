extension IdentifierGrammar {
    /// A grammar that is told by the shape of the number.
    ///
    /// - Parameters:
    ///   - remarks: What else there is to say about the normal form of a text that has the shape.
    init(
        id: String, name: String, help: String, isConfidential: Bool = false, shape: Shape, good: [String],
        bad: [Refused], remarks: @escaping @Sendable (String) -> ValueRemarks = { _ in ValueRemarks() }
    ) {
        let reading = ShapeReading(code: id.replacing("-", with: "_"), name: name, help: help, shape: shape)
        self.init(
            id: id, name: name, help: help, isConfidential: isConfidential, good: good, bad: bad,
            mask: { isConfidential ? coverAllButEnds(of: NormalText($0).string) : $0 },
            judge: { text in
                switch reading.read(text) {
                case .failure(let finding): return IdentifierCheck(faults: [finding])
                case .success(let canonical):
                    let remarks = remarks(canonical)
                    if !remarks.faults.isEmpty { return IdentifierCheck(faults: remarks.faults) }
                    return IdentifierCheck(
                        canonical: canonical, warnings: remarks.warnings, divisionCode: remarks.divisionCode)
                }
            })
    }
}

/// Reads texts by a shape and puts into words why one does not have it.
private struct ShapeReading: Sendable {
    let code: String
    let name: String
    let help: String
    let shape: Shape

    func read(_ text: String) -> Result<String, IdentifierFinding> {
        let scalars = FoldedText(text, keepsHyphens: shape.contains(where: \.hasHyphen)).scalars
        let match = ShapeMatch(scalars, shape)
        guard let canonical = match.canonical else { return .failure(refusal(scalars, match)) }
        return .success(canonical)
    }

    private func refusal(_ text: [Unicode.Scalar], _ match: ShapeMatch) -> IdentifierFinding {
        let position = match.understood + 1
        let expected = Alternatives(Array(match.expected.prefix(8))).words
        if text.isEmpty { return finding("incomplete", "\(name)还没有填写") }
        if position > text.count {
            return finding("incomplete", "\(name)不完整：第 \(position) 位起还应有" + expected.spacedBefore)
        }
        if match.understood == 0 { return finding("prefix", "\(name)应以" + expected.spacedBefore.spacedAfter + "开头") }
        if match.expected.isEmpty {
            return finding("surplus", "\(name)第 \(position) 位起多出了 \(text.count - match.understood) 个字符")
        }
        let wrong = WrongCharacter(position: position, expected: expected, found: text[match.understood])
        return finding("character", name + wrong.message)
    }

    private func finding(_ reason: String, _ message: String) -> IdentifierFinding {
        IdentifierFinding(code: "\(code).\(reason)", message: message, hint: "格式：\(help)")
    }
}

/// The first and the last three characters with stars between, for numbers that may be too short for more.
private func coverAllButEnds(of text: String) -> String {
    let count = text.utf8.count
    guard count >= 8 else { return String(repeating: "*", count: count) }
    return text.prefix(1) + String(repeating: "*", count: count - 4) + text.suffix(3)
}
