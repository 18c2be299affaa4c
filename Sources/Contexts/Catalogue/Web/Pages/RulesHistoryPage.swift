import Kernel
import Web

/// What the template of all rules that were ever announced may know.
struct RulesHistoryPage: Sendable {
    let page: PageFrame
    let rulesHref: String
    let hasRows: Bool
    let rows: [Row]

    struct Row: Sendable {
        let version: String
        let title: String
        let announced: String
        let effective: String
        let standing: String
        let tone: String
        let href: String
        let bundleHref: String
        let hash: String
        let isReadable: Bool
    }

    init(page: PageFrame, catalogue: Catalogue, at now: Instant) {
        let all = catalogue.publications
        self.page = page
        rulesHref = RulesPath.rules
        rows = all.filter(\.wasPublic).sorted { $0.effectiveAt > $1.effectiveAt }.map { publication in
            Row(publication, try? catalogue.pack(publication.pack), publication.standing(among: all, at: now), now)
        }
        hasRows = !rows.isEmpty
    }
}

extension RulesHistoryPage.Row {
    fileprivate init(_ publication: Publication, _ pack: Pack?, _ standing: Standing, _ now: Instant) {
        version = pack?.content.version ?? "（这一版程序读不了）"
        title = pack?.content.title ?? ""
        announced = publication.approval?.at.chineseDay ?? ""
        effective = publication.effectiveAt.chineseDay
        (self.standing, tone) = standing.words(from: publication.effectiveAt, at: now)
        href = RulesPath.pack(publication.pack)
        bundleHref = RulesPath.bundle(publication.pack)
        hash = publication.pack
        isReadable = pack != nil
    }
}

extension Standing {
    /// For people, with the colour of its tag.
    func words(from start: Instant, at now: Instant) -> (text: String, tone: String) {
        switch self {
        case .inForce: ("生效中", "ok")
        case .coming: (Countdown.text(to: start, from: now), "warn")
        case .past(let end): ("用到 \(end.chineseDay)", "info")
        case .withdrawn(let day): ("\(day.chineseDay)撤回", "bad")
        case .proposed: ("等待批准", "warn")
        }
    }
}
