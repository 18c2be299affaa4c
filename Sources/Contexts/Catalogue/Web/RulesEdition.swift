import Kernel

/// One pack as the public pages show it: when it holds, and what comes after it.
struct RulesEdition {
    let pack: Pack
    /// Its latest announcement.
    let publication: Publication
    /// The hash in the addresses of its pages; nil for the rules in force, which have their own.
    let address: String?
    let standing: Standing
    /// What was announced and does not hold yet, the next one first, each with the pack.
    let coming: [(publication: Publication, pack: Pack)]
    /// The rules in force, to compare with.
    let current: Pack?
    let now: Instant

    var content: PackContent { pack.content }

    /// - Throws: `Problem.notFound` for a pack that was never announced, `Catalogue.NoPack` if none holds.
    init(of hash: String?, from catalogue: Catalogue, at now: Instant) throws {
        let publications = catalogue.publications
        let inForce = publications.inForce(at: now)
        if let hash {
            guard let latest = publications.last(where: { $0.pack == hash && $0.wasPublic }) else {
                throw Problem.notFound
            }
            publication = latest.pack == inForce?.pack ? inForce ?? latest : latest
        } else {
            guard let inForce else { throw Catalogue.NoPack() }
            publication = inForce
        }
        self.now = now
        address = hash
        pack = try catalogue.pack(publication.pack)
        standing = publication.standing(among: publications, at: now)
        current = try inForce.map { try catalogue.pack($0.pack) }
        // An older process may not be able to read what a newer one announced; the rules that hold are still told.
        coming = publications.coming(at: now).compactMap { one in
            (try? catalogue.pack(one.pack)).map { (one, $0) }
        }
    }
}

/// Where an announcement stands in time.
enum Standing: Equatable {
    case inForce
    case coming
    /// Held until something newer began.
    case past(until: Instant)
    /// Announced and taken back before it held.
    case withdrawn(at: Instant)
    /// Waits for a second person.
    case proposed
}

extension Publication {
    func standing(among all: [Publication], at now: Instant) -> Standing {
        switch state {
        case .proposed: return .proposed
        case .withdrawn(let act, _): return .withdrawn(at: act.at)
        case .approved: break
        }
        if effectiveAt > now { return .coming }
        if all.inForce(at: now)?.id == id { return .inForce }
        // What began at the same moment and was announced later took its place at once.
        let next = all.filter { $0.announcedAt != nil && $0.id != id && $0.effectiveAt >= effectiveAt }
        return .past(until: next.map(\.effectiveAt).min() ?? effectiveAt)
    }
}
