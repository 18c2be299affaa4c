import Accounts
import Applications
import CanonicalJSON
import Catalogue
import Database
import Documents
import Kernel
import Sealing

/// What a case needs to know that other contexts know. Each closure asks one front.
struct CaseSources: Sendable {
    let submission: @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?
    let pack: @Sendable (_ hash: String) throws -> Pack
    let picture: @Sendable (ID<Document>, borrowing Transaction) throws -> CasePicture?
    let findings: @Sendable (ID<Application>, borrowing Transaction) throws -> [Finding]
    let staffName: @Sendable (ID<Person>, borrowing Transaction) throws -> String

    /// A submission that a case is about is gone: it was never there, or its owner's data was erased.
    struct MissingSubmission: Error {
        let application: ID<Application>
        let round: Int
    }

    func knownSubmission(
        _ application: ID<Application>, round: Int, in tx: borrowing Transaction
    ) throws -> Submission {
        guard let submission = try submission(application, round, tx) else {
            throw MissingSubmission(application: application, round: round)
        }
        return submission
    }
}

/// A picture that was handed in, with what a machine read from it.
struct CasePicture: Sendable {
    let document: ID<Document>
    let width: Int
    let height: Int
    let uploadedAt: Instant
    /// By what the paper calls the field; empty if nothing was read.
    let read: Secret<[String: ReadField]>
}

extension CaseSources.MissingSubmission: ProblemConvertible {
    var problem: Problem {
        Problem(.gone, code: "case.submission_missing", title: "这一单的资料已不在", hint: "申请人的资料可能已按其要求删除")
    }
}
