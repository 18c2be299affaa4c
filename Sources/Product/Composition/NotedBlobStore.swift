import Blobs
import Kernel
import Sealing
import Synchronization

/// A store of sealed files of which is known whether it did what it was last asked, for monitoring. A process that can't
/// reach the store is no worse than the others, so that its readiness does not depend on it.
struct NotedBlobStore: BlobStore {
    let store: any BlobStore
    let note = Note()

    /// Whether the last request succeeded; a file that is not there, or may not be removed yet, is an answer too.
    final class Note: Sendable {
        private let state = Mutex(true)

        var isGood: Bool { state.withLock { $0 } }

        func noting<Value>(_ act: () async throws -> Value) async throws -> Value {
            do {
                let value = try await act()
                state.withLock { $0 = true }
                return value
            } catch let fault as BlobFault {
                switch fault {
                case .full, .unavailable, .refused: state.withLock { $0 = false }
                case .damaged, .locked, .cannotLock: break
                }
                throw fault
            }
        }
    }

    func put(_ pieces: SealedPieces, lock: Instant?) async throws -> BlobName {
        try await note.noting { try await store.put(pieces, lock: lock) }
    }

    func putBack(_ pieces: SealedPieces, as name: BlobName) async throws {
        try await note.noting { try await store.putBack(pieces, as: name) }
    }

    func pieces(of name: BlobName) async throws -> SealedPieces {
        try await note.noting { try await store.pieces(of: name) }
    }

    func remove(_ name: BlobName) async throws { try await note.noting { try await store.remove(name) } }

    func names(written time: Range<Instant>) -> AsyncThrowingStream<[BlobName], any Error> {
        store.names(written: time)
    }

    func removeLeftovers(before moment: Instant) async throws {
        try await note.noting { try await store.removeLeftovers(before: moment) }
    }
}
