import Testing

@testable import ChineseReferenceData

@Suite("Tables")
struct TablesTests {
    @Test("Every table comes with the library and is sorted", arguments: ReferenceFile.allCases)
    func sorted(file: ReferenceFile) {
        let table = SortedTable(file)
        #expect(table.count > 300)
        let width = table.fields(at: 0).count
        for index in 0..<table.count {
            #expect(table.fields(at: index).count == width)
            if index > 0 { #expect(!table.key(at: index).lexicographicallyPrecedes(table.key(at: index - 1))) }
        }
        #expect(ReferenceFile.missing.isEmpty)
    }

    @Test("Every line is found by its key", arguments: ReferenceFile.allCases)
    func found(file: ReferenceFile) {
        let table = SortedTable(file)
        for index in 0..<table.count {
            let key = Array(table.key(at: index))
            #expect(table.index(of: key).map { table.key(at: $0).elementsEqual(key) } == true)
        }
        #expect(table.index(of: "\u{7F}".utf8) == nil && table.index(of: "".utf8) == nil)
    }

    @Test("An empty table finds nothing")
    func empty() {
        let table = SortedTable([])
        #expect(table.count == 0 && table.index(of: "a".utf8) == nil && table.firstIndex(notBefore: "a".utf8) == 0)
    }
}
