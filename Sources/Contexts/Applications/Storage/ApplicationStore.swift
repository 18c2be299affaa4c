import Accounts
import CanonicalJSON
import Database
import Kernel
import Sealing

struct ApplicationStore {
    func find(_ id: ID<Application>, in tx: borrowing Transaction) throws -> Application? {
        try record(of: id, in: tx)?.application
    }

    func record(of id: ID<Application>, in tx: borrowing Transaction) throws -> ApplicationRecord? {
        try tx.first(
            """
            SELECT \(columns: ApplicationRecord.table) FROM \(ApplicationRecord.table)
            WHERE id = \(id)
            """)
    }

    /// A person's applications, the newest first.
    func all(of person: ID<Person>, in tx: borrowing Transaction) throws -> [Application] {
        let records: [ApplicationRecord] = try tx.all(
            """
            SELECT \(columns: ApplicationRecord.table) FROM \(ApplicationRecord.table)
            WHERE person = \(person) ORDER BY created_at DESC LIMIT 100
            """)
        return records.map(\.application)
    }

    /// The applications that wait for a stage which could not be done when it was asked.
    func held(in tx: borrowing Transaction) throws -> [Application] {
        let records: [ApplicationRecord] = try tx.all(
            """
            SELECT \(columns: ApplicationRecord.table) FROM \(ApplicationRecord.table)
            WHERE state = \(JourneyState.Kind.held.rawValue)
            """)
        return records.map(\.application)
    }

    func draft(of id: ID<Application>, in tx: borrowing Transaction) throws -> DraftRecord? {
        try tx.first(
            "SELECT \(columns: DraftRecord.table) FROM \(DraftRecord.table) WHERE application = \(id)")
    }

    /// The version of the draft that was saved last.
    func version(of id: ID<Application>, in tx: borrowing Transaction) throws -> Int? {
        try tx.value("SELECT version FROM \(DraftRecord.table) WHERE application = \(id)")
    }

    /// Saves a draft over the one that was opened.
    /// - Returns: false, with nothing changed, if it was saved or the application moved on meanwhile.
    func save(
        _ content: Sealed, over before: OpenApplication, at now: Instant, in tx: borrowing Transaction
    ) throws -> Bool {
        let id = before.application.id
        let isStill = try tx.run(
            """
            UPDATE \(ApplicationRecord.table) SET updated_at = \(now)
            WHERE id = \(id) AND journey = \(before.journeyText) AND pack = \(before.application.pack)
              AND EXISTS (SELECT 1 FROM \(DraftRecord.table)
                          WHERE application = \(id) AND version = \(before.version))
            """)
        guard isStill == 1 else { return false }
        try tx.update(
            DraftRecord(application: id, version: before.version + 1, content: content, savedAt: now))
        return true
    }

    /// What was written down about a draft when it was saved last; nil if it was saved without.
    func standing(of id: ID<Application>, in tx: borrowing Transaction) throws -> Standing? {
        let record: StandingRecord? = try tx.first(
            """
            SELECT \(columns: StandingRecord.table) FROM \(StandingRecord.table)
            WHERE application = \(id)
              AND version = (SELECT version FROM \(DraftRecord.table) WHERE application = \(id))
            """)
        return record?.standing
    }

    func submission(of id: ID<Application>, round: Int, in tx: borrowing Transaction) throws -> SubmissionRecord? {
        try tx.first(
            """
            SELECT \(columns: SubmissionRecord.table) FROM \(SubmissionRecord.table)
            WHERE application = \(id) AND round = \(round)
            """)
    }

    /// All submissions, the oldest application first.
    func submissions(in tx: borrowing Transaction) throws -> [(ID<Application>, round: Int)] {
        try tx.rows("SELECT application, round FROM \(SubmissionRecord.table) ORDER BY application, round").map {
            (try $0.get("application"), try $0.get("round"))
        }
    }

    func milestones(of id: ID<Application>, in tx: borrowing Transaction) throws -> [Milestone] {
        let records: [MilestoneRecord] = try tx.all(
            """
            SELECT \(columns: MilestoneRecord.table) FROM \(MilestoneRecord.table)
            WHERE application = \(id) ORDER BY number
            """)
        return records.map(\.milestone)
    }

    func note(_ milestone: Milestone, on id: ID<Application>, in tx: borrowing Transaction) throws {
        let last: Int? = try tx.value(
            "SELECT COALESCE(MAX(number), 0) FROM \(MilestoneRecord.table) WHERE application = \(id)")
        try tx.insert(MilestoneRecord(application: id, number: (last ?? 0) + 1, milestone: milestone))
    }
}

extension OwnerKey {
    func open(_ record: DraftRecord) throws -> Draft {
        let bytes = try open(record.content, place: Applications.draftPlace, row: record.application.text).reveal()
        return Draft(json: try JSONValue(parsing: bytes))
    }

    func seal(_ draft: Draft, of application: ID<Application>) throws -> Sealed {
        try seal(draft.json.canonicalBytes, place: Applications.draftPlace, row: application.text)
    }
}
