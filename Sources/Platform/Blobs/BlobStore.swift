package import Kernel
package import Sealing

/// Where sealed files are kept: a folder, or an object store that many machines share.
///
/// A store belongs to one context. What its rows don't name is an orphan there, and swept (`names(written:)`);
/// two contexts in one store would sweep each other's files.
package protocol BlobStore: Sendable {
    /// Keeps sealed bytes under a new name. Returns only when they would survive the loss of power; when it throws,
    /// nothing is left that can be read.
    ///
    /// - Parameter lock: until when nobody can remove the file, not even its owner (Object Lock, COMPLIANCE). Only an
    ///   object store can promise that.
    /// - Throws: `BlobFault`, or what the pieces threw.
    func put(_ pieces: SealedPieces, lock: Instant?) async throws -> BlobName

    /// Puts a file back under the name that it had, as durably. One of that name that is there stays as it is.
    ///
    /// - Throws: `BlobFault`, or what the pieces threw.
    func putBack(_ pieces: SealedPieces, as name: BlobName) async throws

    /// The bytes of a file as they come. A file that was cut short or changed on the way ends in `BlobFault`.
    ///
    /// - Throws: `MissingBlob`, `BlobFault`.
    func pieces(of name: BlobName) async throws -> SealedPieces

    /// Removes a file; it is no error if there is none.
    func remove(_ name: BlobName) async throws

    /// The files that were written within a time, a page at a time and in no order.
    func names(written time: Range<Instant>) -> AsyncThrowingStream<[BlobName], any Error>

    /// Removes what writes that never came to an end have left, if they began before a moment.
    func removeLeftovers(before moment: Instant) async throws
}

extension BlobStore {
    /// Keeps a sealed value.
    package func put(_ sealed: Sealed, lock: Instant? = nil) async throws -> BlobName {
        try await put(SealedPieces(sealed), lock: lock)
    }

    /// A sealed value as a whole.
    package func get(_ name: BlobName) async throws -> Sealed {
        var bytes: [UInt8] = []
        for try await piece in try await pieces(of: name) {
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
        return Sealed(bytes: bytes)
    }

    /// Writes a file, reads it and removes it, and asks for names, as a check before serving.
    ///
    /// - Throws: `BlobFault`, `MissingBlob`.
    package func probe() async throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let name = try await put(Sealed(bytes: bytes))
        let found = try await get(name)
        try await remove(name)
        guard found.bytes == bytes else { throw BlobFault.damaged(name) }
        for try await _ in names(written: Instant(milliseconds: 0)..<Instant(milliseconds: 1)) { break }
    }
}

/// Bytes that are sealed already, a piece at a time: a large file is never in memory as a whole.
///
/// A store does not know where the values in it begin and end: who keeps several in one file writes their lengths too.
package struct SealedPieces: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    private let stream: AsyncThrowingStream<[UInt8], any Error>

    /// - Parameter next: the next piece, `nil` at the end.
    package init(unfolding next: @escaping @Sendable () async throws -> [UInt8]?) {
        stream = AsyncThrowingStream(unfolding: next)
    }

    /// One sealed value, in pieces of 256 KB.
    package init(_ sealed: Sealed) {
        let rest = Rest(sealed.bytes)
        self.init { rest.next() }
    }

    package func makeAsyncIterator() -> AsyncThrowingStream<[UInt8], any Error>.Iterator { stream.makeAsyncIterator() }
}

/// There is no file of this name.
package struct MissingBlob: Error {
    package let name: BlobName
}
