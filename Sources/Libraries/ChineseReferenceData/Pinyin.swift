/// Readings of Chinese characters in Hanyu Pinyin without tones.
///
/// Words of two and three characters decide how a character is read that can be read in several ways; otherwise it
/// has its commonest reading. Letters and digits stand for themselves; other characters are left out.
package enum Pinyin {
    /// The keys of a text.
    package static func keys(for text: String) -> PinyinKeys {
        let units = units(of: text)
        let readings = units.map {
            $0.reading.isEmpty ? String($0.character) : String(decoding: $0.reading, as: UTF8.self)
        }
        return PinyinKeys(initials: readings.map { String($0.prefix(1)) }.joined(), full: readings.joined())
    }

    /// One character and its reading, which is empty when it has none.
    struct Unit: Hashable, Sendable {
        let character: Unicode.Scalar
        let reading: [UInt8]
    }

    /// The characters that count, in small half-width letters, with their readings.
    static func units(of text: String) -> [Unit] {
        let scalars = fold(text)
        var units: [Unit] = []
        units.reserveCapacity(scalars.count)
        while units.count < scalars.count {
            let start = units.count
            if let word = [3, 2].lazy.compactMap({ readings(of: scalars[start...].prefix($0), count: $0) }).first {
                for (offset, reading) in word.enumerated() {
                    units.append(Unit(character: scalars[start + offset], reading: reading))
                }
            } else {
                units.append(Unit(character: scalars[start], reading: PinyinTable.reading(of: scalars[start])))
            }
        }
        return units
    }

    /// Letters, digits and Chinese characters in one spelling.
    static func fold(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.prefix(200).compactMap { scalar in
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: scalar
            case 0x41...0x5A: Unicode.Scalar(scalar.value + 0x20)
            case 0xFF10...0xFF19, 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFEE0)
            case 0xFF21...0xFF3A: Unicode.Scalar(scalar.value - 0xFEE0 + 0x20)
            case 0xFC, 0xDC: "v"
            default: scalar.properties.isIdeographic ? scalar : nil
            }
        }
    }

    private static func readings(of word: ArraySlice<Unicode.Scalar>, count: Int) -> [[UInt8]]? {
        guard word.count == count, word.allSatisfy(\.properties.isIdeographic) else { return nil }
        let readings = PinyinTable.words(String(String.UnicodeScalarView(word)))
        return readings?.count == count ? readings : nil
    }
}
