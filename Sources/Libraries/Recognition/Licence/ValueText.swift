/// Turns the runs of a value into the text that was printed.
enum ValueText {
    /// The text, and whether its brackets could as well be of the other width.
    static func join(_ rows: [[Run]], field: LicenceField) -> (text: String, hasDoubtfulBrackets: Bool) {
        let runs = rows.flatMap { $0 }
        let glyphs = runs.flatMap(\.glyphs)
        let brackets = Brackets.decide(glyphs, em: runs.map(\.em).median ?? 1)
        var text = ""
        for (index, placed) in glyphs.enumerated() {
            let character = brackets.characters[index] ?? placed.character
            // Chinese print has no spaces; between Latin words they belong to the text.
            let joinsWords = placed.followsSpace && character.isLatin && text.last?.isLatin == true
            if joinsWords, field == .name || field == .scope || field == .legalRepresentative { text += " " }
            text.append(character)
        }
        return (tidy(text, field: field), brackets.isDoubtful)
    }

    private static func tidy(_ text: String, field: LicenceField) -> String {
        // Specks before a value read as marks of all sorts.
        var characters = Array(text.drop { !$0.isLetter && !$0.isNumber && !"(（“\"《".contains($0) })
        switch field {
        case .scope:
            characters = scopePunctuation(Array(text.drop { ":：".contains($0) }))
        case .established, .term:
            let digits: [Character: Character] = ["O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "曰": "日", "目": "日"]
            characters = characters.map { digits[$0] ?? $0 }
            if field == .established {
                let end = characters.firstIndex(of: "日").map { $0 + 1 } ?? characters.count
                characters = Array(characters.prefix(end))
            }
        case .name, .type, .legalRepresentative, .capital, .address:
            while let last = characters.last, "。.,，、;；:：_-—·'\"“”".contains(last) { characters.removeLast() }
        case .creditCode:
            break
        }
        return String(characters)
    }

    /// A scope lists its items with "；" and has "：" only after the words that begin a list. In small blurred print
    /// the three marks look alike.
    private static func scopePunctuation(_ text: [Character]) -> [Character] {
        let wide: [Character: Character] = [",": "，", ";": "；", ":": "："]
        var characters = text
        for index in characters.indices where index == 0 || !characters[index - 1].isLatin {
            characters[index] = wide[characters[index]] ?? characters[index]
        }
        let isList = characters.filter { $0 == "；" }.count >= 3
        var depth = 0
        for index in characters.indices.dropFirst() {
            if Brackets.isOpening(characters[index]) { depth += 1 }
            if Brackets.isClosing(characters[index]) { depth = max(0, depth - 1) }
            guard isList, depth == 0, index + 1 < characters.count else { continue }
            let before = characters[index - 1]
            if characters[index] == "：", !"目动为含括下围".contains(before) { characters[index] = "；" }
            if characters[index] == "，", !Brackets.isClosing(before) { characters[index] = "；" }
        }
        return characters
    }
}

extension Character {
    fileprivate var isLatin: Bool { isASCII && (isLetter || isNumber) }
}
