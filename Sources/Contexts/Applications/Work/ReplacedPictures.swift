import CanonicalJSON
import Database
import Documents
import Kernel

extension Applications {
    /// Lets go of the pictures that a draft named before a change and names no more. What was handed in stays, for it is
    /// what reviewers decided on.
    func releaseReplaced(
        _ application: Application, before: Draft, after: Draft, submitted: JSONValue?, at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let replaced = before.documents.subtracting(after.documents).subtracting(submitted?.texts ?? [])
        for id in replaced.compactMap({ ID<Document>($0) }) {
            try documents.release(id, of: application.person, told: application.id.stream, at: now, in: tx)
        }
    }
}

extension Draft {
    /// The texts that may be documents' ids, and the documents that fields were read from.
    fileprivate var documents: Set<String> { values.texts.union(read.values.map(\.document)) }
}

extension JSONValue {
    /// Every text in it that is as long as an id.
    fileprivate var texts: Set<String> {
        var found: Set<String> = []
        collectTexts(into: &found)
        return found
    }

    private func collectTexts(into found: inout Set<String>) {
        switch self {
        case .string(let text): if text.utf8.count == 26 { found.insert(text) }
        case .array(let items): for item in items { item.collectTexts(into: &found) }
        case .object(let members): for member in members { member.value.collectTexts(into: &found) }
        case .null, .bool, .number: break
        }
    }
}
