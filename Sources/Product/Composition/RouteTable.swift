package import CanonicalJSON
import Database
import Documents
import Foundation
import Hummingbird
import Kernel
import Logging
import Sealing
import Web

/// Which part answers which address, read from the router that serves them.
package struct RouteTable: Sendable {
    /// One address with its methods.
    package struct Entry: Sendable, Equatable {
        /// A path of literal parts and of `{name}` in place of any one part.
        package let path: String
        package let methods: [String]
        package let part: Part
    }

    /// Literal parts before named ones, so that the first entry which fits is the router's own choice.
    package let entries: [Entry]

    init(_ product: Product) {
        entries = Part.allCases.flatMap { part in
            let router = Router(context: WebContext.self)
            product.addRoutes(of: part, to: router)
            return Dictionary(grouping: router.routes, by: \.path.description).map { path, routes in
                Entry(
                    path: path.hasPrefix("/") ? path : "/" + path, methods: routes.map(\.method.rawValue).sorted(),
                    part: part)
            }
        }.sorted { Self.order($0.path) < Self.order($1.path) }
    }

    /// The table of this version. It needs neither settings nor data: everything is put together in a folder that is
    /// thrown away.
    package static func current() throws -> RouteTable {
        let folder = URL(filePath: NSTemporaryDirectory(), directoryHint: .isDirectory)
            .appending(path: "ruzhu-routes-\(ID<RouteTable>.new(at: SystemClock().now).text)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = try Settings(environment: ["RUZHU_DATA": folder.path])
        try MasterKey.create(file: settings.masterKeyFile.path)
        let product = try Launch.atRest(settings)
        defer { try? product.database.close() }
        return RouteTable(product)
    }

    /// A line for each address: part, methods, path.
    package var lines: [String] {
        entries.map { "\($0.part.rawValue)\t\($0.methods.joined(separator: ","))\t\($0.path)" }
    }

    /// `[{part, roles, methods, path}]`; `roles` are those that serve it, the most particular first.
    package var json: JSONValue {
        .array(
            entries.map { entry in
                [
                    "part": .string(entry.part.rawValue), "path": .string(entry.path),
                    "roles": .array(Roles.serving(entry.part).map { .string($0) }),
                    "methods": .array(entry.methods.map { .string($0) }),
                ]
            })
    }

    /// `{name}` sorts after every literal.
    private static func order(_ path: String) -> String { path.replacing("{", with: "\u{10FFFF}") }
}
