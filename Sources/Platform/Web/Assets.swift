import CanonicalJSON
package import Foundation
package import Hummingbird
import Kernel
import NIOCore

/// The built styles, scripts and icons, held in memory under their content-hashed names.
package struct Assets: Sendable {
    private struct File: Sendable {
        let type: String
        let plain: ByteBuffer
        let gzip: ByteBuffer?
    }

    private let files: [String: File]
    private let manifest: [String: String]
    private let entryStyle: String

    /// The folder that the asset build fills is missing or incomplete.
    package struct NotBuilt: Error {
        package let folder: String
    }

    /// Reads the folder that the asset build filled: `manifest.json`, hashed files and their `.gz` twins.
    package init(folder: URL) throws {
        guard
            let listed = FileManager.default.contents(atPath: folder.appending(path: "manifest.json").path),
            case .object(let members) = try JSONValue(parsing: Array(listed))
        else { throw NotBuilt(folder: folder.path) }
        var files: [String: File] = [:]
        var manifest: [String: String] = [:]
        for member in members {
            guard let hashed = member.value.string else { continue }
            let url = folder.appending(path: hashed)
            guard let plain = FileManager.default.contents(atPath: url.path) else {
                throw NotBuilt(folder: folder.path)
            }
            let packed = FileManager.default.contents(atPath: url.path + ".gz")
            manifest[member.key] = hashed
            files[hashed] = File(
                type: Self.types[url.pathExtension] ?? "application/octet-stream", plain: ByteBuffer(bytes: plain),
                gzip: packed.map { ByteBuffer(bytes: $0) })
        }
        self.files = files
        self.manifest = manifest
        let entry = manifest["entry.css"].flatMap { files[$0] }
        entryStyle = entry.map { String(buffer: $0.plain) } ?? ""
    }

    /// No assets at all, for tests of pages.
    package static let none = Assets()

    private init() {
        files = [:]
        manifest = [:]
        entryStyle = ""
    }

    var links: PageFrame.Links {
        func link(_ name: String) -> String { "/assets/" + (manifest[name] ?? name) }
        return .init(
            css: link("app.css"), js: link("app.js"), htmx: link("htmx.js"), icons: link("icons.svg"),
            entryStyles: entryStyle)
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "woff2": "font/woff2",
    ]

    /// Serves the files; their names change with their content, so browsers may keep them for a year.
    package func addRoutes(to router: some RouterMethods<WebContext>) {
        router.get("/assets/{file}") { request, context -> Response in
            guard let name = context.parameters.get("file"), let file = files[name] else { throw Problem.notFound }
            let takesGzip = request.headers[.acceptEncoding]?.contains("gzip") ?? false
            var response = Response(
                status: .ok,
                headers: [
                    .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable",
                    .vary: "Accept-Encoding",
                ])
            if takesGzip, let gzip = file.gzip {
                response.headers[.contentEncoding] = "gzip"
                response.body = .init(byteBuffer: gzip)
            } else {
                response.body = .init(byteBuffer: file.plain)
            }
            return response
        }
    }
}
