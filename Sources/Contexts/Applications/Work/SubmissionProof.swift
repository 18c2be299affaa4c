import Accounts
package import Database
import Kernel
package import Sealing

extension Applications {
    /// Proves all submissions: what was said then is what the commitments are to.
    package func proveSubmissions(in tx: borrowing Transaction) throws -> FactReport {
        var report = FactReport()
        for (application, round) in try store.submissions(in: tx) {
            guard let record = try store.submission(of: application, round: round, in: tx) else { continue }
            try report.take(
                record.fact, of: record.person.keyOwner, with: vault, place: Self.submissionPlace,
                row: SubmissionRecord.row(of: application, round: round), in: tx)
        }
        return report
    }
}
