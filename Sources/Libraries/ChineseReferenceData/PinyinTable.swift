/// The tables of readings, read once.
enum PinyinTable {
    /// The first unified ideograph and how many the table has room for (U+4E00 to U+9FFF).
    private static let first: UInt32 = 0x4E00
    private static let room = 0x5200

    private static let wordTable = SortedTable(.pinyinWords)

    /// The syllables, and for each ideograph which one it is, counted from 1; 0 for none.
    private static let characters: (syllables: [[UInt8]], places: [UInt16]) = {
        let table = SortedTable(.pinyin)
        var syllables: [[UInt8]] = [[]]
        var places = [UInt16](repeating: 0, count: room)
        for index in 0..<table.count {
            syllables.append(Array(table.key(at: index)))
            for scalar in table.fields(at: index).dropFirst().joined().unicodeScalars {
                guard let place = place(of: scalar) else { continue }
                places[place] = UInt16(truncatingIfNeeded: index + 1)
            }
        }
        return (syllables, places)
    }()

    /// The commonest reading; for a letter or digit itself; empty for a character without a known reading.
    static func reading(of scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.isASCII { return [UInt8(truncatingIfNeeded: scalar.value)] }
        guard let place = place(of: scalar) else { return [] }
        return characters.syllables[Int(characters.places[place])]
    }

    /// The readings of a word that is read otherwise than its characters.
    static func words(_ word: String) -> [[UInt8]]? {
        guard let index = wordTable.index(of: word.utf8) else { return nil }
        return wordTable.fields(at: index).dropFirst().first?.split(separator: " ").map { Array($0.utf8) }
    }

    private static func place(of scalar: Unicode.Scalar) -> Int? {
        guard scalar.value >= first, scalar.value < first + UInt32(room) else { return nil }
        return Int(scalar.value - first)
    }
}
