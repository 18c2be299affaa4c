import Foundation

/// The tables that come with the library.
package enum ReferenceFile: String, CaseIterable, Sendable {
    case divisions = "divisions.tsv"
    case cards = "cards.tsv"
    case banks = "banks.tsv"
    case lineCities = "line-cities.tsv"
    case pinyin = "pinyin.tsv"
    case pinyinWords = "pinyin-words.tsv"

    /// The tables that cannot be read. Lookups in them find nothing; a product should say so when it starts.
    package static var missing: [ReferenceFile] { allCases.filter { $0.bytes.isEmpty } }

    /// The whole table; empty when it cannot be read.
    var bytes: [UInt8] {
        let file = Bundle.module.bundleURL.appending(path: "Data").appending(path: rawValue)
        return (try? Data(contentsOf: file)).map(Array.init) ?? []
    }
}
