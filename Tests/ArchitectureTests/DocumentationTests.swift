import Foundation
import Testing

@Suite("The documentation")
struct DocumentationTests {
    private static let pages =
        ["README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "THIRD_PARTY.md"].map {
            Walls.root.appending(path: $0)
        } + markdown(in: "docs")

    @Test("Every link within the repository leads to something")
    func links() throws {
        for page in Self.pages {
            let text = try String(contentsOf: page, encoding: .utf8)
            let links = text.matches(of: #/(?:\]\(|src=")([^)"\s]+)/#).map { String($0.1) }
            for link in links where !link.contains("://") {
                let path = link.split(separator: "#", omittingEmptySubsequences: false).first.map(String.init) ?? ""
                let target = path.isEmpty ? page : page.deletingLastPathComponent().appending(path: path).standardized
                #expect(FileManager.default.fileExists(atPath: target.path), "\(page.lastPathComponent): \(link)")
            }
        }
    }

    @Test("Every stable code that the sources answer with stands in the description of the API")
    func codes() throws {
        let described = try String(contentsOf: Walls.root.appending(path: "docs/api.md"), encoding: .utf8)
        let folders = [
            "Sources/Platform/Kernel", "Sources/Platform/Web", "Sources/Platform/Database", "Sources/Contexts",
            "Sources/Product",
        ]
        let written = #/(?:code: |case [a-zA-Z]+ = |case \.[a-zA-Z]+: )"([a-z_]+\.[a-z_]+)"/#
        for file in folders.flatMap(Walls.swiftFiles) {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: written) {
                #expect(described.contains("`\(match.1)`"), "\(file.lastPathComponent): \(match.1)")
            }
        }
    }

    @Test("Decisions are numbered without gaps")
    func decisions() {
        let numbers = Self.markdown(in: "docs/decisions").compactMap { Int($0.lastPathComponent.prefix(4)) }.sorted()
        #expect(numbers == Array(1...max(1, numbers.count)))
    }

    private static func markdown(in folder: String) -> [URL] {
        let start = Walls.root.appending(path: folder)
        let all = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "md" }
    }
}
