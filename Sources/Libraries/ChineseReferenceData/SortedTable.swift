/// Lines of fields separated by tabs, sorted by the bytes of the first field.
///
/// The text is kept as it was read; strings are made only of the lines that are asked for.
struct SortedTable: Sendable {
    private static let tab = UInt8(ascii: "\t")
    private static let newline = UInt8(ascii: "\n")

    private let bytes: [UInt8]
    /// Where each line begins.
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        var starts: [Int] = []
        var isAtStart = true
        for (index, byte) in bytes.enumerated() {
            if isAtStart { starts.append(index) }
            isAtStart = byte == Self.newline
        }
        self.bytes = bytes
        self.starts = starts
    }

    init(_ file: ReferenceFile) { self.init(file.bytes) }

    var count: Int { starts.count }

    /// The fields of a line.
    func fields(at index: Int) -> [String] {
        line(at: index).split(separator: Self.tab, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The first field of a line.
    func key(at index: Int) -> ArraySlice<UInt8> { line(at: index).prefix { $0 != Self.tab } }

    /// The first line whose key does not come before a text.
    func firstIndex(notBefore text: some Collection<UInt8>) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if key(at: middle).lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first line with a key.
    func index(of text: some Collection<UInt8>) -> Int? {
        let index = firstIndex(notBefore: text)
        return index < count && key(at: index).elementsEqual(text) ? index : nil
    }

    private func line(at index: Int) -> ArraySlice<UInt8> { bytes[starts[index]...].prefix { $0 != Self.newline } }
}
