import AsyncHTTPClient
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Sealing

/// The bytes of one file as they come. When the line breaks in the middle, it goes on where it was.
actor S3Reading {
    private let client: S3Client
    private let name: BlobName
    private var body: HTTPClientResponse.Body.AsyncIterator?
    private var tag = ""
    private var length = 0
    private var position = 0
    private var breaks = 0

    init(client: S3Client, name: BlobName) {
        self.client = client
        self.name = name
    }

    /// Asks for the file, from where it was read to.
    func begin() async throws {
        var request = S3Request(method: "GET", path: client.settings.path(name))
        if position > 0 {
            request.headers["range"] = "bytes=\(position)-"
            request.headers["if-match"] = tag
        }
        let response = try await client.send(request).response
        let rest = response.headers.first(name: "content-length").flatMap(Int.init)
        if position == 0 {
            guard let rest else { throw BlobFault.unavailable("an answer without a length") }
            length = rest
            tag = response.headers.first(name: "etag") ?? ""
        } else if response.status != .partialContent || rest != length - position {
            throw BlobFault.damaged(name)
        }
        body = response.body.makeAsyncIterator()
    }

    func next() async throws -> [UInt8]? {
        while true {
            do {
                // Whose pieces these are asks for one after the other, so nobody else is at the iterator.
                nonisolated(unsafe) var iterator = body
                let buffer = try await iterator?.next()
                body = iterator
                if let buffer {
                    position += buffer.readableBytes
                    return Array(buffer.readableBytesView)
                }
                guard position == length else { throw BlobFault.damaged(name) }
                return nil
            } catch let fault as BlobFault {
                throw fault
            } catch {
                try Task.checkCancellation()
                breaks += 1
                guard breaks < client.settings.attempts else { throw BlobFault.unavailable("\(error)") }
                try await begin()
            }
        }
    }
}

/// The names in a store, a page at a time (ListObjectsV2).
actor S3Pages {
    private let client: S3Client
    private let time: Range<Instant>
    private var continuation: String?
    private var isAtEnd = false

    init(client: S3Client, time: Range<Instant>) {
        self.client = client
        self.time = time
    }

    func next() async throws -> [BlobName]? {
        guard !isAtEnd else { return nil }
        var request = S3Request(method: "GET", path: client.settings.path())
        request.query = [("list-type", "2"), ("prefix", client.settings.prefix), ("max-keys", "1000")]
        if let continuation { request.query.append(("continuation-token", continuation)) }
        let text = try await client.text(request)
        continuation = S3Text.values(of: "NextContinuationToken", in: text).first
        isAtEnd = continuation == nil || S3Text.values(of: "IsTruncated", in: text).first != "true"
        return S3Text.values(of: "Contents", in: text).compactMap { entry in
            guard let key = S3Text.values(of: "Key", in: entry).first, key.hasPrefix(client.settings.prefix),
                let written = S3Text.values(of: "LastModified", in: entry).first,
                // Both in UTC, to the second; the store may add thousandths.
                written.prefix(19) >= time.lowerBound.iso8601.prefix(19),
                written.prefix(19) < time.upperBound.iso8601.prefix(19)
            else { return nil }
            return BlobName(String(key.dropFirst(client.settings.prefix.count)))
        }
    }
}
