package import AsyncHTTPClient
import Crypto
import Foundation
package import Kernel
package import Logging
import NIOCore
import NIOHTTP1
import Sealing

/// Keeps sealed files in an object store that speaks S3 (https://docs.aws.amazon.com/AmazonS3/latest/API).
///
/// Every body goes with its SHA-256 and MD5, which the store checks before it keeps it. A write never replaces a file
/// (`If-None-Match: *`). What may pass by itself is tried again, see `S3Client.send`.
package struct S3BlobStore: BlobStore {
    let client: S3Client
    private var settings: S3Settings { client.settings }

    /// - Parameter http: its timeouts are what bounds a silent store.
    package init(_ settings: S3Settings, http: HTTPClient = Self.http, clock: any WallClock, logger: Logger) {
        client = S3Client(settings: settings, http: http, clock: clock, logger: logger)
    }

    /// The connections to object stores, for as long as the process runs. `HTTPClient.shared` waits for ever for a
    /// server that falls silent.
    package static let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration())

    /// - Parameter silence: how long the other side may say nothing, or take nothing of what we send.
    package static func configuration(
        connecting: Duration = .seconds(3), silence: Duration = .seconds(6)
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connecting), read: TimeAmount(silence), write: TimeAmount(silence)))
        configuration.httpVersion = .http1Only
        // A line that is dead without a word is found by its silence; so that few such are kept for the next request.
        configuration.connectionPool.idleTimeout = .seconds(10)
        // Attempts are counted in one place.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    package func put(_ pieces: SealedPieces, lock: Instant?) async throws -> BlobName {
        let name = BlobName.random()
        try await write(pieces, as: name, lock: lock)
        return name
    }

    package func putBack(_ pieces: SealedPieces, as name: BlobName) async throws {
        do {
            try await write(pieces, as: name, lock: nil)
        } catch BlobFault.refused(status: 412, _) {
            // It is there.
        }
    }

    private func write(_ pieces: SealedPieces, as name: BlobName, lock: Instant?) async throws {
        let write = S3Write(client: client, name: name, lock: lock)
        var part: [UInt8] = []
        var upload: S3Multipart?
        do {
            for try await piece in pieces {
                part += piece
                while part.count > settings.partSize {
                    if upload == nil { upload = try await write.begin() }
                    try await upload?.add(Array(part.prefix(settings.partSize)))
                    part.removeFirst(settings.partSize)
                }
            }
            if upload != nil {
                try await upload?.add(part)
                try await upload?.complete()
            } else {
                try await write.whole(part)
            }
        } catch {
            await upload?.abort()
            throw Self.told(error, name)
        }
    }

    package func pieces(of name: BlobName) async throws -> SealedPieces {
        let reading = S3Reading(client: client, name: name)
        do {
            try await reading.begin()
        } catch {
            throw Self.told(error, name)
        }
        return SealedPieces {
            do {
                return try await reading.next()
            } catch {
                throw Self.told(error, name)
            }
        }
    }

    package func remove(_ name: BlobName) async throws {
        let request = S3Request(method: "HEAD", path: settings.path(name))
        do {
            let found = try await client.send(request).response
            var removal = S3Request(method: "DELETE", path: settings.path(name))
            // In a bucket that keeps versions, removing without one would only hide the file.
            if let version = found.headers.first(name: "x-amz-version-id"), version != "null" {
                removal.query = [("versionId", version)]
            }
            do {
                _ = try await client.send(removal)
            } catch let refusal as S3Client.Refusal where (400..<404).contains(refusal.status) {
                let until = found.headers.first(name: "x-amz-object-lock-retain-until-date") ?? ""
                guard until > client.clock.now.iso8601 else { throw refusal }
                throw BlobFault.locked(name)
            }
        } catch {
            let told = Self.told(error, name)
            if !(told is MissingBlob) { throw told }
        }
    }

    package func names(written time: Range<Instant>) -> AsyncThrowingStream<[BlobName], any Error> {
        let pages = S3Pages(client: client, time: time)
        return AsyncThrowingStream {
            do {
                return try await pages.next()
            } catch {
                throw Self.told(error, nil)
            }
        }
    }

    package func removeLeftovers(before moment: Instant) async throws {
        do {
            try await S3Multipart.abortAll(begunBefore: moment, in: client)
        } catch {
            throw Self.told(error, nil)
        }
    }

    /// An address from which anybody can read the sealed bytes of a file for a while, without our keys: for moving
    /// copies to another machine. A browser has no use for it, because what it would get is sealed.
    ///
    /// - Parameter duration: at most seven days.
    package func presignedAddress(of name: BlobName, for duration: Duration) -> String {
        let request = S3Request(method: "GET", path: settings.path(name))
        let seconds = min(max(1, duration.milliseconds / 1_000), 7 * 86_400)
        return client.address(
            of: client.signer.presigned(request, host: settings.host, for: Int(seconds), at: client.clock.now))
    }

    /// What a caller is told of an error.
    static func told(_ error: any Error, _ name: BlobName?) -> any Error {
        let refusal = (error as? S3Client.Refusal) ?? (error as? S3Client.RepeatedRefusal)?.refusal
        guard let refusal else { return error }
        // The answer to a HEAD has no body, and so no code.
        if refusal.status == 404, refusal.code == "NoSuchKey" || refusal.code.isEmpty, let name {
            return MissingBlob(name: name)
        }
        return refusal.fault
    }
}
