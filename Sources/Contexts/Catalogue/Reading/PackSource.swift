package import CanonicalJSON
package import Foundation
package import Sealing

/// The files of a pack, as they are kept: what is published is their bundle, and the hash of the bundle names it.
package struct PackSource: Sendable, Equatable {
    /// Text by path inside the folder, such as `categories/food.yaml`.
    package let files: [String: String]

    /// The largest pack that is read.
    static let mostBytes = 4 * 1_024 * 1_024

    package init(files: [String: String]) { self.files = files }

    /// Reads every `.yaml` file of a folder.
    /// - Throws: `PackFaults` if there is none, or too much of it.
    package init(folder: URL) throws {
        var files: [String: String] = [:]
        var size = 0
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        for name in names.sorted() where name.hasSuffix(".yaml") {
            let data = try Data(contentsOf: folder.appending(path: name))
            size += data.count
            guard let text = String(data: data, encoding: .utf8), size <= Self.mostBytes else {
                throw PackFaults([PackFault(.unreadable, at: PackPlace(file: name, line: 1), "文件太大，或不是 UTF-8 文本")])
            }
            files[name] = text
        }
        guard !files.isEmpty else {
            let place = PackPlace(file: folder.lastPathComponent, line: 1)
            throw PackFaults([PackFault(.missingFile, at: place, "这个文件夹里没有规则包文件（*.yaml）")])
        }
        self.init(files: files)
    }

    /// Reads a bundle that was published.
    /// - Throws: `PackFaults` for what is no bundle.
    package init(bundle text: String) throws {
        guard let value = try? JSONValue(parsing: text), let members = value["files"]?.object else {
            throw PackFaults([PackFault(.unreadable, at: PackPlace(file: "bundle", line: 1), "不是规则包")])
        }
        self.init(
            files: Dictionary(members.map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first }))
    }

    /// The files as one canonical JSON text: `{"files": {path: text}}`.
    package var bundle: String {
        var object = JSONObject()
        for (path, text) in files { object[path] = .string(text) }
        return (["files": .object(object)] as JSONValue).canonicalText
    }

    /// SHA-256 of the bundle, as hex.
    package var hash: String { ContentHash.hex(of: Data(bundle.utf8)) }
}
