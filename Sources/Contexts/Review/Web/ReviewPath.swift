import Documents
import Kernel

/// The addresses of this context: the same values make routes and links.
enum ReviewPath {
    static let queuePattern = "/staff/queue"
    static let casePattern = "/staff/cases/{case}"

    static func queue(_ tab: QueueTab = .waiting) -> String {
        tab == .waiting ? queuePattern : queuePattern + "?tab=" + tab.rawValue
    }

    /// The queue, with a word about the case that was just decided.
    static func queue(after decided: ID<Case>) -> String { queuePattern + "?after=" + decided.text }

    static func page(_ id: ID<Case>) -> String { "/staff/cases/\(id)" }

    /// A case's page, with a word about the one that was just decided.
    static func page(_ id: ID<Case>, after decided: ID<Case>) -> String { page(id) + "?after=" + decided.text }

    static func act(_ act: CaseAct, on id: ID<Case>) -> String { page(id) + "/" + act.rawValue }

    static func picture(_ document: ID<Document>) -> String { "/documents/\(document)/picture" }
}

/// What a reviewer's buttons do.
enum CaseAct: String {
    case claim, release, reveal, decision
}

/// The queue's lists.
enum QueueTab: String, CaseIterable {
    case waiting, mine, done
}
