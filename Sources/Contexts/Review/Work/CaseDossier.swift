import Accounts
import Applications
import CanonicalJSON
import Catalogue
import Database
import Documents
import Kernel
import Sealing

/// Everything that a reviewer's page shows about a case. Holds values in the clear: it is never kept or logged.
struct CaseDossier: Sendable {
    let subject: Case
    let pack: Pack
    let categories: [String]
    let values: Secret<JSONValue>
    /// What changed since the round before.
    let changes: Secret<SubmissionChanges>
    let picture: CasePicture?
    let findings: [Finding]
    let acts: [ActRecord]
    /// Earlier decisions' words by round.
    let words: Secret<[Int: DecisionWords]>
    /// The names of the members of staff who occur.
    let names: [ID<Person>: String]
    /// The rounds of the application's other cases, by id.
    let rounds: [ID<Case>: Case]

    /// What the last round's reviewer said, by field path.
    var earlierComments: [String: String] { words.reveal()[subject.round - 1]?.comments ?? [:] }

    /// The form that the submitted values chose.
    var form: PackForm { pack.form(in: values.reveal()) }

    func name(_ person: ID<Person>?) -> String { person.flatMap { names[$0] } ?? "审核员" }
}

/// Gathers a case's dossier in one transaction.
struct CaseReader: Sendable {
    let sources: CaseSources
    let vault: Vault
    private let cases = CaseStore()
    private let acts = ActStore()
    private let decisions = DecisionStore()

    init(sources: CaseSources, vault: Vault) {
        self.sources = sources
        self.vault = vault
    }

    func dossier(_ id: ID<Case>, in tx: borrowing Transaction) throws -> CaseDossier {
        guard let subject = try cases.find(id, in: tx) else { throw Problem.notFound }
        let submission = try sources.knownSubmission(subject.application, round: subject.round, in: tx)
        let values = submission.values.reveal()
        let earlier = try sources.submission(subject.application, subject.round - 1, tx)
        let rounds = try cases.cases(of: subject.application, in: tx)
        let acts = try acts.acts(of: subject.application, in: tx)
        return CaseDossier(
            subject: subject, pack: try sources.pack(subject.pack), categories: submission.categories,
            values: submission.values,
            changes: Secret(earlier.map { SubmissionChanges(from: $0.values.reveal(), to: values) } ?? .none),
            picture: try picture(in: values, tx), findings: try sources.findings(subject.application, tx),
            acts: acts, words: Secret(try words(on: subject, in: tx)),
            names: try names(in: acts, and: rounds, tx),
            rounds: Dictionary(rounds.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    private func picture(in values: JSONValue, _ tx: borrowing Transaction) throws -> CasePicture? {
        guard let document = values[["licence", "picture"]]?.string.flatMap(ID<Document>.init) else { return nil }
        return try sources.picture(document, tx)
    }

    private func words(on subject: Case, in tx: borrowing Transaction) throws -> [Int: DecisionWords] {
        let records = try decisions.decisions(on: subject.application, in: tx)
        guard !records.isEmpty else { return [:] }
        let key = try vault.existingKey(for: subject.person.keyOwner, in: tx)
        return try Dictionary(records.map { ($0.round, try DecisionWords($0, under: key)) }) { first, _ in first }
    }

    private func names(
        in acts: [ActRecord], and cases: [Case], _ tx: borrowing Transaction
    ) throws -> [ID<Person>: String] {
        var names: [ID<Person>: String] = [:]
        for person in acts.compactMap(\.reviewer) + cases.compactMap(\.reviewer) where names[person] == nil {
            names[person] = try sources.staffName(person, tx)
        }
        return names
    }
}
