import AsyncHTTPClient
import Crypto
import Foundation
import Kernel
import NIOHTTP1
import Sealing

/// One file on its way into the store.
struct S3Write: Sendable {
    let client: S3Client
    let name: BlobName
    let lock: Instant?
    /// Tells this write from any other, should its answer be lost and it be sent again.
    private let token = BlobName.random().text

    init(client: S3Client, name: BlobName, lock: Instant?) {
        (self.client, self.name, self.lock) = (client, name, lock)
    }

    private static let tokenHeader = "x-amz-meta-write"

    /// Writes it in one request.
    func whole(_ bytes: [UInt8]) async throws {
        var request = S3Request(method: "PUT", path: client.settings.path(name), headers: headers, body: bytes)
        request.headers["if-none-match"] = "*"
        request.headers["x-amz-checksum-sha256"] = Self.checksum(bytes)
        try await surely { _ = try await client.send(request) }
    }

    /// Begins to write it in parts.
    func begin() async throws -> S3Multipart {
        var request = S3Request(
            method: "POST", path: client.settings.path(name), query: [("uploads", "")], headers: headers)
        request.headers["x-amz-checksum-algorithm"] = "SHA256"
        guard let id = S3Text.values(of: "UploadId", in: try await client.text(request)).first else {
            throw BlobFault.unavailable("an upload without an id")
        }
        return S3Multipart(client: client, id: id, write: self)
    }

    /// Does a write that was refused after an attempt whose answer was lost: it may have been done then.
    func surely(_ act: () async throws -> Void) async throws {
        do {
            try await act()
        } catch let again as S3Client.RepeatedRefusal {
            let head = S3Request(method: "HEAD", path: client.settings.path(name))
            guard let found = try? await client.send(head).response,
                found.headers.first(name: Self.tokenHeader) == token
            else { throw again.refusal }
        }
    }

    private var headers: [String: String] {
        var headers = ["content-type": "application/octet-stream", Self.tokenHeader: token]
        if let lock {
            headers["x-amz-object-lock-mode"] = "COMPLIANCE"
            headers["x-amz-object-lock-retain-until-date"] = lock.iso8601
        }
        return headers
    }

    static func checksum(_ bytes: [UInt8]) -> String { Data(SHA256.hash(data: bytes)).base64EncodedString() }
}

/// A file that is written in parts: nothing of it can be read before `complete`.
struct S3Multipart: Sendable {
    private let client: S3Client
    private let id: String
    private let write: S3Write
    private var parts: [(tag: String, checksum: String)] = []

    init(client: S3Client, id: String, write: S3Write) {
        (self.client, self.id, self.write) = (client, id, write)
    }

    /// Sends the next part. All but the last are of the same size.
    mutating func add(_ bytes: [UInt8]) async throws {
        let checksum = S3Write.checksum(bytes)
        var request = S3Request(method: "PUT", path: client.settings.path(write.name), body: bytes)
        request.query = [("partNumber", String(parts.count + 1)), ("uploadId", id)]
        request.headers["x-amz-checksum-sha256"] = checksum
        guard let tag = try await client.send(request).response.headers.first(name: "etag") else {
            throw BlobFault.unavailable("a part without a tag")
        }
        parts.append((tag, checksum))
    }

    func complete() async throws {
        let list = parts.enumerated().map { position, part in
            "<Part><PartNumber>\(position + 1)</PartNumber><ETag>\(part.tag.replacing("\"", with: "&quot;"))</ETag>"
                + "<ChecksumSHA256>\(part.checksum)</ChecksumSHA256></Part>"
        }
        let xml = "<CompleteMultipartUpload>\(list.joined())</CompleteMultipartUpload>"
        var request = S3Request(method: "POST", path: client.settings.path(write.name), body: Array(xml.utf8))
        request.query = [("uploadId", id)]
        request.headers = ["content-type": "application/xml", "if-none-match": "*"]
        try await write.surely {
            let answer = try await client.text(request)
            // A status of 200 was sent before the store knew how it would end.
            guard !answer.contains("<Error>") else {
                throw BlobFault.unavailable(S3Text.values(of: "Code", in: answer).first ?? "not completed")
            }
        }
    }

    /// Lets go of all parts. What can't be removed now is when leftovers are.
    func abort() async {
        // Somebody waits to be told that it failed: asked once.
        var once = client
        once.settings.attempts = 1
        // A task of its own: the write may have failed because its own was cancelled.
        await Task { [once] in try? await Self.abort(once, once.settings.path(write.name), id) }.value
    }

    static func abortAll(begunBefore moment: Instant, in client: S3Client) async throws {
        var request = S3Request(method: "GET", path: client.settings.path())
        request.query = [("uploads", ""), ("prefix", client.settings.prefix)]
        let text = try await client.text(request)
        for upload in S3Text.values(of: "Upload", in: text) {
            guard let key = S3Text.values(of: "Key", in: upload).first, key.hasPrefix(client.settings.prefix),
                let id = S3Text.values(of: "UploadId", in: upload).first,
                let begun = S3Text.values(of: "Initiated", in: upload).first, begun < moment.iso8601
            else { continue }
            try await abort(client, client.settings.path() + "/" + key, id)
        }
    }

    private static func abort(_ client: S3Client, _ path: String, _ id: String) async throws {
        _ = try await client.send(S3Request(method: "DELETE", path: path, query: [("uploadId", id)]))
    }
}
