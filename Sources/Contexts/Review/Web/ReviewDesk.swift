import Accounts
import Database
import Hummingbird
import Kernel
import Sealing
import Web

/// What the routes of this context work with.
struct ReviewDesk: Sendable {
    let database: any Database
    let pages: Pages
    let clock: any WallClock
    let reader: CaseReader
    let acts: CaseActs
    let sources: CaseSources
    let cases = CaseStore()
    let queue = QueueStore()

    init(database: any Database, pages: Pages, clock: any WallClock, vault: Vault, sources: CaseSources) {
        self.database = database
        self.pages = pages
        self.clock = clock
        self.sources = sources
        reader = CaseReader(sources: sources, vault: vault)
        acts = CaseActs(sources: sources, vault: vault)
    }
}

extension ReviewerContext {
    /// Who is asking.
    func reviewer() throws -> ID<Person> {
        guard let person = ID<Person>(identity.person) else { throw AccessRefused.notStaff }
        return person
    }

    /// The case in the address.
    func caseID() throws -> ID<Case> {
        guard let id = ID<Case>(try parameters.require("case")) else { throw Problem.notFound }
        return id
    }
}
