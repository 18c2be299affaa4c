
/// The reference book of rules: what the published packs ask for. (Being written.)
package struct Catalogue: Sendable {
    /// The pack with this content hash.
    /// - Throws: `UnknownPack`.
    package func pack(_ hash: String) throws -> Pack { throw UnknownPack(hash: hash) }
}

/// No published pack has this content hash.
package struct UnknownPack: Error {
    package let hash: String
}

/// A published rule pack, compiled.
package struct Pack: Sendable {
    /// What the pack demands for these categories; the strictest of them counts.
    package func demands(for categories: [String]) -> Demands {
        let none = Demand(isRequired: false, rule: "")
        return Demands(screening: none, expert: none, agreement: none, deposit: none)
    }
    /// The Chinese names of categories.
    package func names(of categories: [String]) -> [String] { categories }
}
