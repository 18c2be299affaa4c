import Accounts
import Blobs
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Sealing
import Testing
import Web

@testable import Documents

@Suite("Uploads in parts")
struct UploadTests {
    static let picture = PictureBytes.jpeg(width: 1_600, height: 1_200)

    @Test("A photo sent in parts, over several servers, is the photo that was sent")
    func whole() async throws {
        let door = try await Door()
        try await door.open { client in
            let place = try await door.begin(client, length: Self.picture.count)
            try await door.send(client, place, Array(Self.picture[..<20]), at: 0)
            #expect(try await door.offset(client, place) == 20)
            // Another process on the same rows and files knows just as much.
            try await door.open { other in
                try await door.send(other, place, Array(Self.picture[20...]), at: 20)
            }
            #expect(try await door.offset(client, place) == Self.picture.count)
            let id = place.split(separator: "/").last.map(String.init) ?? ""
            let upload = try await door.world.documents.take(upload: id, kind: .other, from: door.person)
            let document = try await door.world.attach(upload)
            let kept = try #require(try await door.world.document(document))
            #expect(try await door.world.documents.picture(of: kept) == Self.picture)
            // The answer was lost and the page asks again: it is the same document.
            let again = try await door.world.documents.take(upload: id, kind: .other, from: door.person)
            #expect(try await door.world.attach(again) == document)
            #expect(try await door.world.documents.sweep() == 2, "its parts are not needed any more")
            #expect(try await door.world.count() == 1)
        }
    }

    @Test("Nothing of a part lies in the clear")
    func sealed() async throws {
        let door = try await Door()
        try await door.open { client in
            let place = try await door.begin(client, length: Self.picture.count)
            try await door.send(client, place, Self.picture, at: 0)
        }
        #expect(!(try door.world.everyByteOnDisk().contains(PictureBytes.marker)))
    }

    @Test("A part that was kept and whose answer was lost is not kept twice")
    func lostAnswer() async throws {
        let door = try await Door()
        try await door.open { client in
            let place = try await door.begin(client, length: 100)
            try await door.send(client, place, [1, 2, 3], at: 0)
            let (status, code) = try await door.patch(client, place, [1, 2, 3], at: 0)
            #expect(status == .conflict)
            #expect(code == "upload.wrong_offset")
            #expect(try await door.offset(client, place) == 3)
        }
    }

    @Test("Two servers that are given the same part at once keep it once")
    func race() async throws {
        let door = try await Door()
        let upload = try await door.world.documents.beginUpload(length: 100, of: door.person)
        let kept = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (try? await door.world.documents.add([7, 7], at: 0, to: upload.id, of: door.person)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(kept == 1)
        #expect(try await door.world.documents.upload(upload.id, of: door.person).received == 2)
    }

    @Test("What is damaged on its way is refused and can be sent again", arguments: ["sha256", "sha1"])
    func checksum(kind: String) async throws {
        let door = try await Door()
        try await door.open { client in
            let place = try await door.begin(client, length: 3)
            let right = door.checksum(kind, [1, 2, 3])
            let (status, code) = try await door.patch(client, place, [1, 2, 4], at: 0, checksum: right)
            #expect(status.code == 460)
            #expect(code == "upload.wrong_checksum")
            #expect(try await door.offset(client, place) == 0)
            #expect(try await door.patch(client, place, [1, 2, 3], at: 0, checksum: right).status == .noContent)
        }
    }

    @Test("What breaks the rules is refused with a stable code")
    func refusals() async throws {
        let door = try await Door()
        try await door.open { client in
            let place = try await door.begin(client, length: 3)
            #expect(try await door.patch(client, place, [1, 2, 3, 4], at: 0).code == "upload.overlong")
            #expect(try await door.patch(client, place, [1], at: 2).code == "upload.wrong_offset")
            #expect(try await door.patch(client, place, [1], at: 0, type: "image/jpeg").code == "upload.wrong_type")
            #expect(
                try await door.patch(client, place, [1], at: 0, checksum: "crc32 AAAA").code
                    == "upload.unknown_checksum")
            #expect(try await door.patch(client, place + "x", [1], at: 0).code == "upload.not_found")
            #expect(try await door.patch(client, place, [1], at: 0, version: nil).status == .preconditionFailed)
            for (length, code) in [
                ("0", "upload.empty"), ("-1", "upload.bad_request"), ("x", "upload.bad_request"),
                ("\(13 << 20)", "upload.too_large"), ("999999999999999999999999", "upload.bad_request"),
            ] {
                #expect(try await door.post(client, length: length).code == code)
            }
        }
        await #expect(throws: ResumableUploadRefusal.gone) {
            _ = try await door.world.documents.take(upload: "../../etc", kind: .other, from: door.person)
        }
    }

    @Test("An upload is only its owner's, and half of one is no photo")
    func foreign() async throws {
        let door = try await Door()
        let upload = try await door.world.documents.beginUpload(length: 3, of: door.person)
        let stranger = ID<Person>.new(at: door.world.clock.now)
        await #expect(throws: ResumableUploadRefusal.gone) {
            _ = try await door.world.documents.add([1], at: 0, to: upload.id, of: stranger)
        }
        await #expect(throws: ResumableUploadRefusal.incomplete) {
            _ = try await door.world.documents.take(upload: upload.id.text, kind: .other, from: door.person)
        }
        try await door.open { client in
            try await client.execute(
                uri: UploadRoutes.path, method: .post, headers: [.tusResumable: "1.0.0", .uploadLength: "3"]
            ) { #expect($0.status == .unauthorized) }
        }
    }

    @Test("One person can't fill the disk with uploads that never end")
    func quota() async throws {
        let door = try await Door()
        for _ in 0..<ResumableUpload.mostOpen {
            _ = try await door.world.documents.beginUpload(length: 3, of: door.person)
        }
        await #expect(throws: ResumableUploadRefusal.tooMany) {
            _ = try await door.world.documents.beginUpload(length: 3, of: door.person)
        }
        door.world.clock.advance(by: ResumableUpload.lifetime)
        for _ in 0..<8 { _ = try await door.world.documents.beginUpload(length: 12 << 20, of: door.person) }
        await #expect(throws: ResumableUploadRefusal.tooMany) {
            _ = try await door.world.documents.beginUpload(length: 12 << 20, of: door.person)
        }
        _ = try await door.world.documents.beginUpload(length: 3, of: .new(at: door.world.clock.now))
    }

    @Test("An upload can be called off, and a program hears what is supported")
    func calledOff() async throws {
        let door = try await Door()
        try await door.open { client in
            let place = try await door.begin(client, length: 3)
            try await client.execute(uri: place, method: .delete, headers: door.headers) {
                #expect($0.status == .noContent)
            }
            #expect(try await door.patch(client, place, [1], at: 0).status == .notFound)
            try await client.execute(uri: UploadRoutes.path, method: .options) {
                #expect($0.headers[.tusExtension] == "creation,expiration,checksum,termination")
                #expect($0.headers[.tusMaxSize] == "12582912")
            }
        }
    }
}

/// The routes of documents behind the usual middlewares, and a person who is signed in.
private struct Door: Sendable {
    let world: World
    let person: ID<Person>

    init() async throws {
        world = try await World()
        person = .new(at: world.clock.now)
    }

    var headers: HTTPFields { [.tusResumable: "1.0.0", .cookie: "ruzhu_session=\(person)"] }

    func open(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let pages = try Pages(templateFolders: [Pages.templates], assets: .none, isDemo: false)
        let router = Router(context: WebContext.self)
        router.add(
            middleware: SessionMiddleware(
                resolver: Everybody(), formToken: FormToken(secret: Array(repeating: 7, count: 32)),
                cookies: CookieJar(isSecure: false)))
        router.add(middleware: ProblemMiddleware(pages: pages))
        world.documents.addRoutes(to: router)
        try await Application(router: router).test(.router, body)
    }

    func post(_ client: any TestClientProtocol, length: String) async throws -> (place: String, code: String) {
        var headers = headers
        headers[.uploadLength] = length
        return try await client.execute(uri: UploadRoutes.path, method: .post, headers: headers) {
            ($0.headers[.location] ?? "", Self.code($0))
        }
    }

    func begin(_ client: any TestClientProtocol, length: Int) async throws -> String {
        try await post(client, length: String(length)).place
    }

    func send(_ client: any TestClientProtocol, _ place: String, _ bytes: [UInt8], at position: Int) async throws {
        let answer = try await patch(client, place, bytes, at: position, checksum: checksum("sha256", bytes))
        #expect(answer.status == .noContent, "\(answer.code)")
    }

    func patch(
        _ client: any TestClientProtocol, _ place: String, _ bytes: [UInt8], at position: Int, checksum: String? = nil,
        type: String = "application/offset+octet-stream", version: String? = "1.0.0"
    ) async throws -> (status: HTTPResponse.Status, code: String) {
        var headers = headers
        headers[.tusResumable] = version
        headers[.contentType] = type
        headers[.uploadOffset] = String(position)
        headers[.uploadChecksum] = checksum
        return try await client.execute(
            uri: place, method: .patch, headers: headers, body: ByteBuffer(bytes: bytes)
        ) { ($0.status, Self.code($0)) }
    }

    func offset(_ client: any TestClientProtocol, _ place: String) async throws -> Int? {
        try await client.execute(uri: place, method: .head, headers: headers) {
            $0.headers[.uploadOffset].flatMap { Int($0) }
        }
    }

    func checksum(_ kind: String, _ bytes: [UInt8]) -> String {
        let hash = kind == "sha1" ? Data(Insecure.SHA1.hash(data: bytes)) : Data(SHA256.hash(data: bytes))
        return "\(kind) \(hash.base64EncodedString())"
    }

    private static func code(_ response: TestResponse) -> String {
        String(buffer: response.body).firstMatch(of: #/"code":"([a-z_.]+)"/#).map { String($0.1) } ?? ""
    }
}

/// Takes the session's token for the person's id.
private struct Everybody: SessionResolver {
    func identity(forSession token: String) async throws -> Identity? {
        Identity(person: token, roles: [], label: { "138****0000" })
    }
}
