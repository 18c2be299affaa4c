import Accounts
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Web

/// Uploads in parts, after tus 1.0.0 (https://tus.io/protocols/resumable-upload): creation, checksum, expiration and
/// termination.
///
/// `Tus-Resumable` is what keeps strangers out: another site's page can't send it with our cookie unless we allow it
/// when the browser asks (Fetch standard, CORS preflight), which we never do.
struct UploadRoutes {
    let documents: Documents
    private let bodies = LargeBodies(atOnce: 12)

    init(documents: Documents) { self.documents = documents }

    static let path = "/api/uploads"
    static let version = "1.0.0"
    private static let checksums = "sha256,sha1"

    func add(to router: some RouterMethods<WebContext>) {
        router.on(RouterPath(Self.path), method: .options) { _, _ in options() }
        let mine = router.group(RouterPath(Self.path), context: SignedInContext.self)
        mine.post("", use: begin)
        mine.head("/{upload}", use: progress)
        mine.patch("/{upload}", use: add)
        mine.delete("/{upload}", use: end)
    }

    private func options() -> Response {
        Response(
            status: .noContent,
            headers: [
                .tusResumable: Self.version, .tusVersion: Self.version,
                .tusExtension: "creation,expiration,checksum,termination",
                .tusMaxSize: String(PictureHeader.mostBytes), .tusChecksumAlgorithm: Self.checksums,
            ])
    }

    @Sendable func begin(_ request: Request, context: SignedInContext) async throws -> Response {
        try Self.checkVersion(request)
        guard let length = request.headers[.uploadLength].flatMap(Self.number) else {
            throw ResumableUploadRefusal.badRequest
        }
        let upload = try await documents.beginUpload(length: length, of: try person(context))
        var response = Self.answer(.created, upload)
        response.headers[.location] = "\(Self.path)/\(upload.id)"
        return response
    }

    @Sendable func progress(_ request: Request, context: SignedInContext) async throws -> Response {
        try Self.checkVersion(request)
        let upload = try await documents.upload(try id(context), of: try person(context))
        var response = Self.answer(.ok, upload)
        response.headers[.uploadLength] = String(upload.length)
        return response
    }

    @Sendable func add(_ request: Request, context: SignedInContext) async throws -> Response {
        try Self.checkVersion(request)
        guard request.headers[.contentType] == "application/offset+octet-stream" else {
            throw ResumableUploadRefusal.wrongType
        }
        guard let position = request.headers[.uploadOffset].flatMap(Self.number) else {
            throw ResumableUploadRefusal.badRequest
        }
        let (id, person) = (try id(context), try person(context))
        return try await bodies.admit {
            let before = try await documents.upload(id, of: person)
            let bytes: [UInt8]
            do {
                bytes = Array(try await request.body.collect(upTo: before.length - before.received).readableBytesView)
            } catch is NIOTooManyBytesError {
                throw ResumableUploadRefusal.overlong
            }
            try Self.check(bytes, against: request.headers[.uploadChecksum])
            return Self.answer(.noContent, try await documents.add(bytes, at: position, to: id, of: person))
        }
    }

    @Sendable func end(_ request: Request, context: SignedInContext) async throws -> Response {
        try Self.checkVersion(request)
        try await documents.endUpload(try id(context), of: try person(context))
        return Response(status: .noContent, headers: [.tusResumable: Self.version])
    }

    private func id(_ context: SignedInContext) throws -> ID<ResumableUpload> {
        guard let id = ID<ResumableUpload>(try context.parameters.require("upload")) else {
            throw ResumableUploadRefusal.gone
        }
        return id
    }

    private func person(_ context: SignedInContext) throws -> ID<Person> {
        guard let person = ID<Person>(context.identity.person) else { throw ResumableUploadRefusal.gone }
        return person
    }

    private static func answer(_ status: HTTPResponse.Status, _ upload: ResumableUpload) -> Response {
        Response(
            status: status,
            headers: [
                .tusResumable: version, .uploadOffset: String(upload.received), .cacheControl: "no-store",
                .uploadExpires: upload.expiresAt.httpDate,
            ])
    }

    private static func checkVersion(_ request: Request) throws {
        guard request.headers[.tusResumable] == version else { throw ResumableUploadRefusal.wrongVersion }
    }

    /// A number that is not negative and has no sign.
    private static func number(_ text: String) -> Int? {
        text.utf8.count <= 15 && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }

    /// `Upload-Checksum: sha256 <base64>`; without one, TCP and the seal must do.
    private static func check(_ bytes: [UInt8], against header: String?) throws {
        guard let header else { return }
        let words = header.split(separator: " ")
        guard words.count == 2, let expected = Data(base64Encoded: String(words[1])) else {
            throw ResumableUploadRefusal.badRequest
        }
        let found: Data
        switch words[0] {
        case "sha256": found = Data(SHA256.hash(data: bytes))
        case "sha1": found = Data(Insecure.SHA1.hash(data: bytes))
        default: throw ResumableUploadRefusal.unknownChecksum
        }
        guard found == expected else { throw ResumableUploadRefusal.wrongChecksum }
    }
}

extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name {
        // A literal of these letters is always a field name; the fallback only spares a force unwrap.
        HTTPField.Name(name) ?? .userAgent
    }

    static let tusResumable = known("Tus-Resumable")
    static let tusVersion = known("Tus-Version")
    static let tusExtension = known("Tus-Extension")
    static let tusMaxSize = known("Tus-Max-Size")
    static let tusChecksumAlgorithm = known("Tus-Checksum-Algorithm")
    static let uploadLength = known("Upload-Length")
    static let uploadOffset = known("Upload-Offset")
    static let uploadExpires = known("Upload-Expires")
    static let uploadChecksum = known("Upload-Checksum")
}

extension Instant {
    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
    fileprivate var httpDate: String {
        let days = milliseconds / 86_400_000
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days % 7)]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = iso8601.prefix(19).split(whereSeparator: { "-T:".contains($0) })
        guard parts.count == 6, let month = Int(parts[1]) else { return "" }
        return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }
}
