import Foundation
import Testing

@testable import JSONSchema

/// The official JSON Schema test suite, which `scripts/setup test` unpacks.
enum OfficialSuite {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".local/json-schema-suite")

    /// One schema with its documents.
    struct Group {
        let file: String
        let name: String
        let schema: JSONDocument
        let tests: [Case]
    }

    struct Case {
        let name: String
        let document: JSONDocument
        let isValid: Bool
    }

    /// The groups of a folder's files, in order.
    static func groups(_ folder: String) throws -> [Group] {
        let files = try FileManager.default.contentsOfDirectory(
            at: root.appending(path: folder), includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap(groups)
    }

    private static func groups(_ file: URL) throws -> [Group] {
        let document = try JSONDocument(utf8: Data(contentsOf: file))
        defer { withExtendedLifetime(document) {} }
        let tape = document.tape.view
        return try tape.elements(of: 0).map { group in
            let member = { (key: String, index: Int) in try #require(tape.member(key, of: index)) }
            return Group(
                file: file.lastPathComponent, name: try tape.string(member("description", group)),
                schema: try document.part(member("schema", group)),
                tests: try tape.elements(of: member("tests", group)).map { test in
                    Case(
                        name: try tape.string(member("description", test)),
                        document: try document.part(member("data", test)),
                        isValid: try tape.nodes[member("valid", test)].has(TapeNode.isTrue))
                })
        }
    }

    /// The documents that the suite refers to.
    static func registry() throws -> SchemaRegistry {
        var registry = SchemaRegistry()
        let remotes = root.appending(path: "remotes")
        let files = try #require(FileManager.default.enumerator(atPath: remotes.path))
        for case let file as String in files where file.hasSuffix(".json") {
            registry["http://localhost:1234/\(file)"] = try JSONDocument(
                utf8: Data(contentsOf: remotes.appending(path: file)))
        }
        return registry
    }
}

extension JSONDocument {
    /// A part of the document as a document of its own, with every digit of its numbers.
    func part(_ start: Int) -> JSONDocument {
        defer { withExtendedLifetime(self) {} }
        let view = tape.view
        let end = view.end(of: start)
        var builder = TapeBuilder(text: UnsafeBufferPointer(start: view.bytes, count: byteCount), count: byteCount)
        for index in start..<end {
            var node = view.nodes[index]
            if node.isContainer { node.set(low: node.low, high: node.high - start) }
            builder.append(node)
        }
        return JSONDocument(tape: builder.finish())
    }

    /// Bytes that strings and long numbers point into.
    private var byteCount: Int {
        (0..<tape.count).reduce(0) { most, index in
            let node = tape.nodes[index]
            return node.isKind(.string) || node.has(TapeNode.long) ? max(most, node.low + node.high) : most
        }
    }
}
