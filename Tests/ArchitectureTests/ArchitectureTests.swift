import Foundation
import Testing

/// The walls of the house, read from the import lines of the sources.
@Suite("The walls")
struct Walls {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The order of DESIGN: a context may use those above it only.
    static let contexts = [
        "Accounts", "Catalogue", "Documents", "Applications", "Screening", "Review", "Agreements", "Deposits", "Stores",
        "Notifications",
    ]
    static let platform: Set = ["Kernel", "Database", "Sealing", "Work", "Blobs", "Web"]
    static let libraries: Set = [
        "ChineseIdentifiers", "ChineseReferenceData", "CanonicalJSON", "FormData", "JSONSchema", "PictureConversion",
        "Recognition", "WorkingTime",
    ]

    @Test("A context uses only the contexts above it", arguments: contexts)
    func order(context: String) throws {
        let position = try #require(Self.contexts.firstIndex(of: context))
        let allowed = Set(Self.contexts[..<position])
        for file in Self.swiftFiles("Sources/Contexts/\(context)") {
            let used = Set(try Self.imports(of: file)).intersection(Self.contexts).subtracting([context])
            #expect(used.isSubset(of: allowed), "\(file.lastPathComponent) uses \(used.subtracting(allowed))")
        }
    }

    @Test("Rules know neither the web nor the database's engine", arguments: contexts)
    func domain(context: String) throws {
        let forbidden: Set = ["Hummingbird", "GRDB", "AsyncHTTPClient", "Web", "Mustache"]
        for file in Self.swiftFiles("Sources/Contexts/\(context)/Domain") {
            let used = Set(try Self.imports(of: file)).intersection(forbidden)
            #expect(used.isEmpty, "\(file.lastPathComponent) uses \(used)")
        }
    }

    @Test("SQL is written in Storage only", arguments: contexts)
    func sql(context: String) throws {
        let words = #/"(SELECT|INSERT INTO|UPDATE|DELETE FROM) /#
        for folder in ["Domain", "Web"] {
            for file in Self.swiftFiles("Sources/Contexts/\(context)/\(folder)") {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(text.firstMatch(of: words) == nil, "\(file.lastPathComponent) holds SQL")
            }
        }
    }

    @Test("Libraries know nothing of the product", arguments: libraries.sorted())
    func independence(library: String) throws {
        let product = Self.platform.union(Self.contexts)
        for file in Self.swiftFiles("Sources/Libraries/\(library)") {
            let used = Set(try Self.imports(of: file)).intersection(product)
            #expect(used.isEmpty, "\(file.lastPathComponent) uses \(used)")
        }
    }

    @Test("The platform knows no context")
    func platformIndependence() throws {
        for file in Self.swiftFiles("Sources/Platform") {
            let used = Set(try Self.imports(of: file)).intersection(Self.contexts)
            #expect(used.isEmpty, "\(file.lastPathComponent) uses \(used)")
        }
    }

    @Test("Only the database target knows GRDB")
    func engine() throws {
        for file in Self.swiftFiles("Sources") where !file.path.contains("/Platform/Database/") {
            #expect(try !Self.imports(of: file).contains("GRDB"), "\(file.lastPathComponent) uses GRDB")
        }
    }

    @Test("The kernel stays small")
    func kernel() throws {
        let lines = try Self.swiftFiles("Sources/Platform/Kernel").map { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).count
        }
        #expect(lines.reduce(0, +) <= 600)
    }

    @Test("Product code neither crashes on purpose nor keeps notes to itself")
    func force() throws {
        let forbidden = #/try!|as! |fatalError\(|TODO|FIXME/#
        for file in Self.swiftFiles("Sources") {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.firstMatch(of: forbidden) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test("The repository names no place of one machine")
    func places() throws {
        let forbidden = #/\/(home|root|Users)\/[a-z]/#
        for file in Self.swiftFiles("Sources") + Self.swiftFiles("Tests")
        where file.lastPathComponent != "ArchitectureTests.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.firstMatch(of: forbidden) == nil, "\(file.lastPathComponent)")
        }
    }

    static func swiftFiles(_ folder: String) -> [URL] {
        let start = root.appending(path: folder)
        guard let all = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    static func imports(of file: URL) throws -> [String] {
        let line =
            #/^(?:package |internal |public |@testable )*import (?:struct |class |enum |protocol |func )?([A-Za-z]+)/#
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { text in
            text.prefixMatch(of: line).map { String($0.1) }
        }
    }
}
