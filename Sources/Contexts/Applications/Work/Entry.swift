package import Accounts
package import CanonicalJSON
import Catalogue
import ChineseIdentifiers
package import Database
package import Documents
package import Kernel
import Sealing

/// Applications that come in whole, without the pages: from programs, imports and the demo.
extension Applications {
    /// Begins an application and fills in what is known. Values that the pack does not ask for are left out.
    ///
    /// - Parameters:
    ///   - values: by JSON pointer, as the form's fields would send them.
    ///   - pictures: kept pictures, by JSON pointer.
    package func enter(
        _ values: [String: JSONValue], pictures: [String: Documents.Upload] = [:], for person: ID<Person>
    ) async throws -> ID<Application> {
        let id = try await create(for: person, key: nil)
        let all = values.merging(pictures.mapValues { .string($0.document.id.text) }) { _, picture in picture }
        _ = try await change(id, of: person, adding: Array(pictures.values)) { one in
            var draft = one.draft
            // The first pass answers what chooses the form, the second what that form asks.
            for _ in 0..<2 {
                if let subject = all[PackContent.subjectPath]?.string { draft.choose(subject: subject) }
                let form = one.pack.form(in: draft.values)
                for (path, value) in all {
                    guard let field = form.field(at: path) else { continue }
                    draft.set(field, to: value.string.map { field.value(of: $0) } ?? value)
                }
            }
            return draft
        }
        return id
    }

    /// Begins an application whose draft holds these values as they are, within the caller's transaction.
    ///
    /// - Parameter values: as a draft keeps them: nested objects whose leaves are in their normal form.
    package func begin(
        _ values: JSONValue, for person: ID<Person>, at now: Instant, in tx: borrowing Transaction
    ) throws -> ID<Application> {
        let key = try vault.key(for: person.keyOwner, at: now, in: tx)
        let pack = try catalogue.current(at: now)
        let application = Application(id: .new(at: now), person: person, pack: pack.hash, at: now)
        let draft = Draft(json: ["values": values])
        let standing = standing(
            of: draft, version: 1, under: pack, pack.check(values, on: CivilDate(now)), at: now)
        try tx.insert(try ApplicationRecord(application))
        try tx.insert(
            DraftRecord(
                application: application.id, version: 1, content: try key.seal(draft, of: application.id), savedAt: now)
        )
        try tx.insert(StandingRecord(application: application.id, standing: standing))
        let created = Milestone(at: now, round: 0, what: .created, stage: nil, detail: nil)
        try store.note(created, on: application.id, in: tx)
        return application.id
    }

    /// Hands in an application that is complete.
    package func handIn(_ id: ID<Application>, of person: ID<Person>) async throws {
        try await submit(id, of: person, statement: SubmitRoutes.statement) { _ in nil }
    }
}
