import Foundation
import Testing

@testable import JSONSchema

@Suite("The fuzzer's seeds")
struct FuzzSeedTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "JSONSchemaFuzz/corpus")

    @Test("Every seed reaches both judges, whole and cut off anywhere")
    func seeds() throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
        #expect(files.count > 10)
        for file in files {
            let input = Array(try Data(contentsOf: file)).dropFirst()
            let lineEnd = try #require(input.firstIndex(of: 0x0A))
            let form = try Schema(JSONDocument(utf8: input[..<lineEnd]), options: .init(assertsFormat: true))
            let text = input[(lineEnd + 1)...]
            compareJudges(form, try JSONDocument(utf8: text), file.lastPathComponent)
            for end in text.indices {
                guard let document = try? JSONDocument(utf8: text[..<end]) else { continue }
                compareJudges(form, document, file.lastPathComponent)
            }
        }
    }
}
