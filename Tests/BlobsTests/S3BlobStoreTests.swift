import AsyncHTTPClient
import Foundation
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import Sealing
import Testing

@testable import Blobs

@Suite("Files in an object store")
struct S3BlobStoreTests {
    let server: SeaweedFS

    init() throws { server = try SeaweedFS.shared.get() }

    @Test("What is kept comes back as it was", arguments: [0, 1, 5 << 20, 40 << 20])
    func roundTrip(size: Int) async throws {
        let store = try server.store()
        let bytes = noise(size, seed: UInt64(size))
        let name = try await store.put(Sealed(bytes: bytes))
        #expect(try await store.get(name).bytes == bytes)
        #expect(try await store.allNames() == [name])
        try await store.remove(name)
        await #expect(throws: MissingBlob.self) { try await store.get(name) }
        #expect(try await store.allNames().isEmpty)
        try await store.remove(name)
    }

    @Test("The check before serving leaves nothing behind")
    func probe() async throws {
        let store = try server.store()
        try await store.probe()
        #expect(try await store.allNames().isEmpty)
    }

    @Test("A wrong key is refused at once")
    func refused() async throws {
        let wrong = try server.store(try server.settings(secretKey: "not-the-key"))
        await #expect(throws: BlobFault.refused(status: 403, code: "SignatureDoesNotMatch")) {
            _ = try await wrong.put(Sealed(bytes: [1]))
        }
    }

    @Test("An address for reading works for a while, and not when a letter of it is changed")
    func presigned() async throws {
        let store = try server.store()
        let bytes = noise(1_000, seed: 4)
        let name = try await store.put(Sealed(bytes: bytes))
        let other = try await store.put(Sealed(bytes: [2]))
        let address = store.presignedAddress(of: name, for: .seconds(60))
        let (status, body) = try await read(address)
        #expect(status == 200)
        #expect(body == bytes)
        #expect(try await read(address.replacing("Expires=60", with: "Expires=61")).status == 403)
        #expect(try await read(address.replacing(name.text, with: other.text)).status == 403)
        let last = address.last == "0" ? "1" : "0"
        #expect(try await read(String(address.dropLast()) + last).status == 403)
        let early = ManualClock(SystemClock().now - .seconds(120))
        let expired = try server.store(store.client.settings, clock: early).presignedAddress(
            of: name, for: .seconds(60))
        #expect(try await read(expired).status == 403)
    }

    @Test("Bytes that are not those that were announced are refused and not kept", arguments: ["md5", "sha256"])
    func checksums(kind: String) async throws {
        let store = try server.store()
        let name = BlobName.random()
        var request = S3Request(method: "PUT", path: store.client.settings.path(name), body: Array("real".utf8))
        if kind == "md5" {
            request.headers["content-md5"] = Data(repeating: 7, count: 16).base64EncodedString()
        } else {
            request.headers["x-amz-checksum-sha256"] = S3Write.checksum(Array("other".utf8))
        }
        await #expect(throws: S3Client.Refusal.self) { _ = try await store.client.send(request) }
        #expect(try await store.allNames().isEmpty)
    }

    @Test("A file is never written over")
    func onlyOnce() async throws {
        let store = try server.store()
        let name = BlobName.random()
        try await S3Write(client: store.client, name: name, lock: nil).whole([1])
        await #expect(throws: S3Client.Refusal.self) {
            try await S3Write(client: store.client, name: name, lock: nil).whole([2])
        }
        #expect(try await store.get(name).bytes == [1])
    }

    @Test(
        "A file that is put back has the name that it had, and does not take another's place", arguments: [2, 9 << 20])
    func putBack(size: Int) async throws {
        let store = try server.store()
        let name = BlobName.random()
        let bytes = noise(size, seed: 11)
        try await store.putBack(SealedPieces(Sealed(bytes: bytes)), as: name)
        try await store.putBack(SealedPieces(Sealed(bytes: noise(size, seed: 12))), as: name)
        #expect(try await store.get(name).bytes == bytes)
        #expect(try await store.allNames() == [name])
    }

    @Test("A store that takes connections and says nothing is given up within seconds, and is back at once")
    func frozen() async throws {
        let mine = try SeaweedFS()
        let store = try mine.store()
        let name = try await store.put(Sealed(bytes: [1, 2, 3]))
        try mine.freeze()
        let began = ContinuousClock.now
        let fault = await #expect(throws: BlobFault.self) { _ = try await store.put(Sealed(bytes: [4])) }
        let took = ContinuousClock.now - began
        try mine.thaw()
        guard case .unavailable? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        // Some seconds by itself; without limits it would be minutes.
        #expect(took < .seconds(90))
        #expect(try await store.get(name).bytes == [1, 2, 3])
    }

    @Test("A write whose answer was lost is known again, and somebody else's is not")
    func lostAnswer() async throws {
        let store = try server.store()
        let write = S3Write(client: store.client, name: .random(), lock: nil)
        try await write.whole([1])
        let refusal = S3Client.RepeatedRefusal(refusal: .init(status: 412, code: "PreconditionFailed"))
        try await write.surely { throw refusal }
        let other = S3Write(client: store.client, name: write.name, lock: nil)
        await #expect(throws: S3Client.Refusal.self) { try await other.surely { throw refusal } }
    }

    @Test("A large file that breaks off on its way leaves nothing behind")
    func abandoned() async throws {
        let store = try server.store()
        struct Broken: Error {}
        let count = Counter()
        let pieces = SealedPieces {
            guard count.next() < 5 else { throw Broken() }
            return noise(5 << 20, seed: 9)
        }
        await #expect(throws: Broken.self) { _ = try await store.put(pieces, lock: nil) }
        #expect(try await store.allNames().isEmpty)
        let unfinished = try await self.unfinished(store)
        #expect(unfinished.isEmpty)
    }

    @Test("Parts that a process left when it died are removed later")
    func leftovers() async throws {
        let store = try server.store()
        var upload = try await S3Write(client: store.client, name: .random(), lock: nil).begin()
        try await upload.add(noise(5 << 20, seed: 3))
        let begun = try await unfinished(store)
        #expect(begun.count == 1)
        try await store.removeLeftovers(before: SystemClock().now - .seconds(3_600))
        #expect(try await unfinished(store).count == 1, "it may still be under way")
        try await store.removeLeftovers(before: SystemClock().now + .seconds(60))
        #expect(try await unfinished(store).isEmpty)
    }

    @Test("A locked file can't be removed before its time, and other files of the same bucket can")
    func locked() async throws {
        var settings = try server.settings(location: "s3://ruzhu-locked")
        settings.attempts = 1
        let store = try server.store(settings)
        let bucket = S3Request(
            method: "PUT", path: settings.path(), headers: ["x-amz-bucket-object-lock-enabled": "true"])
        _ = try await store.client.send(bucket)
        let name = try await store.put(Sealed(bytes: [1, 2]), lock: SystemClock().now + .seconds(3_600))
        await #expect(throws: BlobFault.locked(name)) { try await store.remove(name) }
        #expect(try await store.get(name).bytes == [1, 2])
        let free = try await store.put(Sealed(bytes: [3]))
        try await store.remove(free)
        await #expect(throws: MissingBlob.self) { try await store.get(free) }
    }

    @Test("What lies in the object store is what was sealed and nothing else")
    func atRest() async throws {
        let store = try server.store()
        let bytes = noise(300_000, seed: 77)
        let name = try await store.put(Sealed(bytes: bytes))
        let settings = store.client.settings
        let found = try await store.client.send(S3Request(method: "GET", path: settings.path(name))).response
        #expect(try await Array(found.body.collect(upTo: 1 << 20).readableBytesView) == bytes)
        let told = found.headers.filter { $0.name.lowercased().hasPrefix("x-amz-meta-") }.map { $0.name.lowercased() }
        #expect(told == ["x-amz-meta-write"], "the name and a random word are all that it knows")
    }

    @Test("A store that goes away is told clearly, and the next try after its return succeeds")
    func killed() async throws {
        let mine = try SeaweedFS()
        var settings = try mine.settings()
        settings.attempts = 2
        let store = try mine.store(settings)
        let bytes = noise(20 << 20, seed: 5)
        let name = try await store.put(Sealed(bytes: bytes))
        let count = Counter()
        let pieces = SealedPieces {
            let number = count.next()
            if number == 3 { try mine.kill() }
            return number < 6 ? noise(5 << 20, seed: 6) : nil
        }
        let fault = await #expect(throws: BlobFault.self) { _ = try await store.put(pieces, lock: nil) }
        guard case .unavailable(let reason)? = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(!reason.isEmpty)
        #expect(fault?.problem.code == "blobs.unavailable")
        await #expect(throws: BlobFault.self) { try await store.get(name) }
        try mine.start()
        #expect(try await store.get(name).bytes == bytes, "what was acknowledged is still there")
        let again = try await store.put(Sealed(bytes: bytes))
        #expect(try await store.get(again).bytes == bytes)
    }

    @Test("An outage of a moment is not noticed")
    func brief() async throws {
        let mine = try SeaweedFS()
        var settings = try mine.settings()
        settings.attempts = 40
        settings.persistence = .seconds(60)
        let store = try mine.store(settings)
        try mine.kill()
        async let name = store.put(Sealed(bytes: [1, 2, 3]))
        try mine.start()
        #expect(try await store.get(name).bytes == [1, 2, 3])
    }

    private func read(_ address: String) async throws -> (status: UInt, body: [UInt8]) {
        let response = try await S3BlobStore.http.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
        return (response.status.code, Array(try await response.body.collect(upTo: 1 << 20).readableBytesView))
    }

    private func unfinished(_ store: S3BlobStore) async throws -> [String] {
        var request = S3Request(method: "GET", path: store.client.settings.path())
        request.query = [("uploads", ""), ("prefix", store.client.settings.prefix)]
        return S3Text.values(of: "UploadId", in: try await store.client.text(request))
    }
}
