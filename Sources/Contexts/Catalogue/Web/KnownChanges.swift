import Synchronization

/// What changes between packs, worked out once: packs never change, and comparing two builds dozens of forms.
final class KnownChanges: Sendable {
    private struct Pair: Hashable {
        let old: String
        let new: String
    }

    private let known = Mutex<[Pair: PackChanges]>([:])
    private static let most = 32

    func between(_ old: Pack, _ new: Pack) -> PackChanges {
        let pair = Pair(old: old.hash, new: new.hash)
        if let changes = known.withLock({ $0[pair] }) { return changes }
        let changes = PackChanges(from: old.content, to: new.content)
        known.withLock { known in
            if known.count >= Self.most { known.removeAll() }
            known[pair] = changes
        }
        return changes
    }
}
