import ArgumentParser
import CanonicalJSON
import Foundation
import JSONSchema

/// Validates files from the command line.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "JSON Schema 2020-12", subcommands: [Validate.self])

    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "逐行校验 JSON，每行输出一行结果")

        @Argument(help: "模式文件（JSON Schema 2020-12）")
        var schema: String

        @Argument(help: "待校验的文件，每行一个 JSON")
        var instances: String

        @Flag(help: "让 format 也参与校验")
        var format = false

        @Option(help: "可被引用的模式，写作 网址前缀=目录，可以重复")
        var registry: [String] = []

        @Option(help: "只测速度：把全部内容校验这么多遍，输出每 CPU 秒的次数")
        var `repeat`: Int?

        /// The deepest that the reader goes.
        private static let limits = JSONLimits(depth: 512, bytes: 64 << 20)

        func run() throws {
            let schema = try compile()
            let lines = try read(instances).split(separator: 0x0A, omittingEmptySubsequences: false)
            let texts = (lines.last?.isEmpty ?? true ? lines.dropLast() : lines[...]).map(Array.init)
            if let rounds = self.repeat {
                print(SchemaSpeed.measure(schema, texts, rounds: rounds, Self.limits).canonicalText)
            } else {
                for text in texts { print(schema.report(on: text, limits: Self.limits).canonicalText) }
            }
        }

        private func compile() throws -> Schema {
            var known = SchemaRegistry()
            for entry in registry { try add(entry, to: &known) }
            do {
                let document = try JSONDocument(utf8: read(schema), limits: Self.limits)
                return try Schema(document, options: .init(assertsFormat: format, registry: known))
            } catch let fault as SchemaFault {
                throw ValidationError("模式无法使用，\(fault.document)#\(fault.schema)：\(fault.message)")
            } catch let fault as JSONFault {
                throw ValidationError("模式无法读取：\(fault.message)")
            }
        }

        private func read(_ path: String) throws -> [UInt8] {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ValidationError("无法读取文件 \(path)")
            }
            return Array(data)
        }

        /// Adds every JSON file of a directory under its address. Files that are not JSON can't be referred to.
        private func add(_ entry: String, to registry: inout SchemaRegistry) throws {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let files = FileManager.default.enumerator(atPath: parts[1]) else {
                throw ValidationError("--registry 应写作 网址前缀=目录：\(entry)")
            }
            let base = parts[0].hasSuffix("/") ? parts[0] : parts[0] + "/"
            for case let file as String in files where file.hasSuffix(".json") {
                registry[base + file] = try? JSONDocument(utf8: read("\(parts[1])/\(file)"), limits: Self.limits)
            }
        }
    }
}

/// Validations in a second of CPU time, of documents that are read already and of texts.
enum SchemaSpeed {
    static func measure(_ schema: Schema, _ texts: [[UInt8]], rounds: Int, _ limits: JSONLimits) -> JSONValue {
        let documents = texts.compactMap { try? JSONDocument(utf8: $0, limits: limits) }
        let validations = rate(rounds * documents.count) {
            for _ in 0..<rounds { for document in documents { _ = schema.isValid(document) } }
        }
        let both = rate(rounds * texts.count) {
            for _ in 0..<rounds {
                for text in texts {
                    if let document = try? JSONDocument(utf8: text, limits: limits) { _ = schema.isValid(document) }
                }
            }
        }
        return ["validations_per_second": validations, "parse_and_validate_per_second": both]
    }

    private static func rate(_ count: Int, _ work: () -> Void) -> JSONValue {
        let start = clock()
        work()
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        return .number(JSONNumber(Int64(Double(count) / max(seconds, 0.000_001))))
    }
}
