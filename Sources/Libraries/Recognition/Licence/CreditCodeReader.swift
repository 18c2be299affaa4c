import Foundation

/// Makes a unified social credit code of what was read, using its check digit to mend single confusions.
///
/// Source: GB 32100-2015: 31 characters (no I, O, S, V, Z), weights 3^i mod 31, the last character completes the
/// weighted sum to a multiple of 31; characters 3 to 8 are digits (the registering division).
struct CreditCodeReader: Sendable {
    struct Outcome: Sendable, Equatable {
        var value: String
        var confidence: Double
        var isValid: Bool
        var repaired: Bool
    }

    static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    private static let values = Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// Characters that no code contains, and what they must have been.
    private static let impossible: [Character: Character] = [
        "O": "0", "o": "0", "〇": "0", "○": "0", "I": "1", "l": "1", "|": "1", "i": "1", "S": "5", "s": "5", "Z": "2",
        "z": "2",
        "V": "U", "v": "U",
    ]
    /// Letters at places where only digits may stand.
    private static let asDigit: [Character: Character] = [
        "B": "8", "D": "0", "Q": "0", "C": "0", "G": "6", "L": "1", "T": "7", "A": "4", "E": "8", "U": "0",
    ]
    /// Shapes that recognisers and printers' ink confuse, beyond what the model itself offers.
    private static let lookalikes: [Character: String] = [
        "0": "DQCU8", "1": "LT7", "2": "7", "3": "89B", "4": "A", "5": "6S3", "6": "5G8", "7": "1T2", "8": "B036",
        "9": "38", "A": "4", "B": "83EPR", "C": "G0", "D": "0", "E": "FB", "F": "EP", "G": "6C", "H": "MN", "J": "1U",
        "K": "XH", "L": "1", "M": "NWH", "N": "MH", "P": "FRB", "Q": "0", "R": "PKB", "T": "71Y", "U": "0JW",
        "W": "MU", "X": "KY", "Y": "XT",
    ]

    /// Letters that fall apart into two characters.
    private static let split: [String: String] = ["11": "UHNM", "1J": "U", "LI": "U", "VV": "W", "UU": "W", "1T": "N"]

    /// Whether 18 characters form a code with the right check digit.
    static func isValid(_ code: [Character]) -> Bool {
        guard code.count == 18 else { return false }
        var sum = 0
        for (character, weight) in zip(code, weights) {
            guard let value = values[character] else { return false }
            sum += value * weight
        }
        return values[code[17]] == (31 - sum % 31) % 31 && code[2..<8].allSatisfy(\.isWholeNumber)
    }

    /// Reads a code from glyphs that should be one; nil when they are nothing of the kind.
    static func read(_ glyphs: [Glyph]) -> Outcome? {
        var letters = glyphs.compactMap(letter)
        // Web addresses have as many letters, but no code has fewer digits than its registering division.
        guard (16...20).contains(letters.count), letters.filter({ $0.character.isNumber }).count >= 6 else {
            return nil
        }
        var wasImpossible = false
        for index in letters.indices {
            let before = letters[index].character
            letters[index].character = impossible[before] ?? before
            if (2..<8).contains(index), letters.count == 18, !letters[index].character.isWholeNumber {
                letters[index].character = asDigit[letters[index].character] ?? letters[index].character
            }
            if letters[index].character != before { wasImpossible = true }
        }
        let code = letters.map(\.character)
        let lowest = Double(letters.map(\.probability).min() ?? 0)
        if isValid(code) {
            // One wrong code in 31 passes by chance, so a passing code is as good as certain.
            let confidence = wasImpossible ? 0.93 : 0.96 + 0.04 * lowest
            return Outcome(value: String(code), confidence: confidence, isValid: true, repaired: wasImpossible)
        }
        if let mended = substituted(letters) ?? resized(letters) { return mended }
        return Outcome(value: String(code), confidence: min(0.5, lowest), isValid: false, repaired: wasImpossible)
    }

    /// A Latin letter or digit in its plain upper-case form; other characters are not part of a code.
    private static func letter(_ glyph: Glyph) -> Glyph? {
        guard let scalar = glyph.character.unicodeScalars.first?.value else { return nil }
        var plain = glyph
        if (0xFF01...0xFF5E).contains(scalar), let half = Unicode.Scalar(scalar - 0xFEE0) {
            plain.character = Character(half)
        }
        if impossible[plain.character] == nil {
            plain.character = plain.character.uppercased().first ?? plain.character
        }
        let isLetter = plain.character.isASCII && (plain.character.isLetter || plain.character.isNumber)
        return isLetter || impossible[plain.character] != nil ? plain : nil
    }

    /// The most likely code with one other character that passes.
    private static func substituted(_ letters: [Glyph]) -> Outcome? {
        guard letters.count == 18 else { return nil }
        var found: [(code: [Character], likelihood: Double)] = []
        for (index, glyph) in letters.enumerated() {
            var options: [Character: Double] = [:]
            for similar in lookalikes[glyph.character] ?? "" { options[similar] = 0.002 }
            for other in glyph.alternatives {
                let character = impossible[other.character] ?? other.character
                options[character] = max(options[character] ?? 0, Double(other.probability))
            }
            for (character, probability) in options where character != glyph.character {
                var code = letters.map(\.character)
                code[index] = character
                if isValid(code) { found.append((code, probability / max(0.01, Double(glyph.probability)))) }
            }
        }
        let ranked = found.sorted { $0.likelihood > $1.likelihood }
        guard let best = ranked.first else { return nil }
        // Two repairs of like merit mean that neither is known.
        let share = best.likelihood / ranked.reduce(0) { $0 + $1.likelihood }
        let confidence = best.likelihood > 0.1 ? 0.9 * share : min(0.8, 0.8 * share)
        return Outcome(value: String(best.code), confidence: confidence, isValid: true, repaired: true)
    }

    /// Decoders merge repeated characters ("111" to "11") and split wide ones; both are undone where the check passes.
    private static func resized(_ letters: [Glyph]) -> Outcome? {
        let code = letters.map(\.character)
        var found: Set<[Character]> = []
        if code.count == 17 {
            // Merged characters leave a hole. Without one, a passing code is too likely a chance.
            let steps = zip(letters, letters.dropFirst()).map { $1.position - $0.position }
            let usual = steps.median ?? 0
            for (index, step) in steps.enumerated() where step > 1.4 * usual {
                for repeated in [index, index + 1] {
                    var longer = code
                    longer.insert(code[repeated], at: repeated)
                    if isValid(longer) { found.insert(longer) }
                }
            }
        } else if code.count == 19 {
            for index in code.indices {
                var shorter = code
                shorter.remove(at: index)
                if isValid(shorter) { found.insert(shorter) }
                // Two strokes are sometimes all that is seen of one letter.
                for whole in split[String(code[index...].prefix(2))] ?? "" where index + 1 < code.count {
                    shorter[index] = whole
                    if isValid(shorter) { found.insert(shorter) }
                }
            }
        }
        guard found.count == 1, let only = found.first else { return nil }
        return Outcome(value: String(only), confidence: 0.7, isValid: true, repaired: true)
    }
}
