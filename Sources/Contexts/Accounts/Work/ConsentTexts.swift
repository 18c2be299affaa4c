package import Foundation
import Sealing

/// All versions of the consent text that were ever shown, read from a folder: one `VERSION.json` each.
package struct ConsentTexts: Sendable {
    /// The newest version: the one that is shown and ticked.
    let current: ConsentText
    private let hashes: [String: String]

    /// The folder holds no text, or one whose name is not its version.
    package struct Unreadable: Error {
        package let folder: String
    }

    /// A text that somebody agreed to is not in the folder any more.
    struct Missing: Error {
        let version: String
    }

    /// Reads a folder of texts. Operators who put their own name and words in keep such a folder of their own.
    package init(folder: URL) throws {
        var texts: [ConsentText] = []
        var hashes: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "json" {
            let bytes = try Data(contentsOf: file)
            let text = try JSONDecoder().decode(ConsentText.self, from: bytes)
            guard text.version == file.deletingPathExtension().lastPathComponent else {
                throw Unreadable(folder: folder.path)
            }
            texts.append(text)
            hashes[text.version] = ContentHash.hex(of: bytes)
        }
        guard let newest = texts.max(by: { $0.version < $1.version }) else { throw Unreadable(folder: folder.path) }
        self.current = newest
        self.hashes = hashes
    }

    /// SHA-256 of a version's file, as hex.
    func hash(of version: String) throws(Missing) -> String {
        guard let hash = hashes[version] else { throw Missing(version: version) }
        return hash
    }
}
