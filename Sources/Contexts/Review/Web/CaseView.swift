import Accounts
import Catalogue
import Kernel

/// One look at a case: whose, and what is to be shown besides the case itself.
struct CaseVisit: Sendable {
    let id: ID<Case>
    let viewer: ID<Person>
    /// The case that the viewer decided a moment ago.
    let after: ID<Case>?
    /// The path of a value that is shown in the clear this once.
    let revealed: String?
    /// What was typed and refused, and why.
    let draft: DecisionDraft?
    let findings: [Finding]

    init(
        _ id: ID<Case>, by viewer: ID<Person>, after: ID<Case>? = nil, revealed: String? = nil,
        draft: DecisionDraft? = nil, findings: [Finding] = []
    ) {
        self.id = id
        self.viewer = viewer
        self.after = after
        self.revealed = revealed
        self.draft = draft
        self.findings = findings
    }
}

/// A case's dossier as one visit sees it.
struct CaseView: Sendable {
    let dossier: CaseDossier
    let visit: CaseVisit
    /// The case that was decided a moment ago.
    let after: Case?
    let now: Instant

    var subject: Case { dossier.subject }

    /// Only who holds a case may read covered values and decide.
    var canDecide: Bool { subject.isHeld(by: visit.viewer) }

    /// The form as it was answered, group by group.
    var groups: [PackGroup] { dossier.form.steps.flatMap(\.groups) }

    func field(at path: String) -> PackField? { dossier.form.field(at: path) }
}

extension Case {
    /// Whether looking at the case should be noted as activity; once a minute is enough.
    func wantsUse(by viewer: ID<Person>, at now: Instant) -> Bool {
        guard case .claimed(let claim) = state, claim.reviewer == viewer else { return false }
        return now >= claim.activeAt + .seconds(60)
    }
}
