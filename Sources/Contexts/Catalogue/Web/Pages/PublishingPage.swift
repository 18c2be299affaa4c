import Kernel
import Web

/// What the template of the operators' desk for packs may know.
struct PublishingPage: Sendable {
    let page: PageFrame
    let findings: [Line]
    let hasFindings: Bool
    let current: Announcement?
    let coming: [Announcement]
    let proposals: [Announcement]
    let hasProposals: Bool
    let folder: Folder
    let history: [Past]
    let rulesHref: String
    let historyHref: String

    struct Line: Sendable {
        let message: String
        let hint: String?
        let href: String
    }

    /// One publication with what can be done about it.
    struct Announcement: Sendable {
        let version: String
        let title: String
        let day: String
        let countdown: String?
        let story: [String]
        let href: String?
        let hash: String
        let changes: ChangeList?
        let approveAction: String?
        let withdrawAction: String?
        /// Why it can't be approved by who looks at it.
        let obstacle: String?
        let key: String
    }

    struct Past: Sendable {
        let version: String
        let day: String
        let standing: String
        let tone: String
        let story: [String]
    }

    init(page: PageFrame, _ desk: PublishingDesk, _ form: ProposalForm) {
        self.page = page
        findings = form.findings.map {
            Line(message: $0.message, hint: $0.hint, href: $0.path.isEmpty ? "#folder" : "#effective")
        }
        hasFindings = !findings.isEmpty
        current = desk.inForce.map { Announcement($0, in: desk) }
        coming = desk.publications.coming(at: desk.now).map { Announcement($0, in: desk) }
        proposals = desk.proposals.map { Announcement($0, in: desk) }
        hasProposals = !proposals.isEmpty
        folder = Folder(desk, form)
        history = desk.publications.reversed().compactMap { Past($0, in: desk) }
        rulesHref = RulesPath.rules
        historyHref = RulesPath.history
    }
}

extension PublishingPage.Announcement {
    fileprivate init(_ publication: Publication, in desk: PublishingDesk) {
        let pack = try? desk.catalogue.pack(publication.pack)
        let standing = publication.standing(among: desk.publications, at: desk.now)
        version = pack?.content.version ?? "（这一版程序读不了）"
        title = pack?.content.title ?? ""
        day = publication.effectiveAt.chineseDay
        countdown = standing == .inForce ? nil : Countdown.text(to: publication.effectiveAt, from: desk.now)
        story = publication.story(in: desk)
        href = standing == .proposed ? nil : RulesPath.pack(publication.pack)
        hash = publication.pack
        changes = standing == .inForce ? nil : pack.flatMap(desk.changeList)
        obstacle = publication.obstacle(in: desk)
        approveAction =
            standing == .proposed && obstacle == nil ? RulesPath.act(.approve, on: publication.id) : nil
        withdrawAction = standing == .inForce ? nil : RulesPath.act(.withdraw, on: publication.id)
        key = RandomToken.make(bytes: 9)
    }
}

extension PublishingPage.Past {
    fileprivate init?(_ publication: Publication, in desk: PublishingDesk) {
        let state = publication.standing(among: desk.publications, at: desk.now)
        guard state != .proposed else { return nil }
        version = (try? desk.catalogue.pack(publication.pack))?.content.version ?? String(publication.pack.prefix(12))
        day = publication.effectiveAt.chineseDay
        (standing, tone) = state.words(from: publication.effectiveAt, at: desk.now)
        story = publication.story(in: desk)
    }
}

extension Publication {
    /// Who did what with it, in order.
    fileprivate func story(in desk: PublishingDesk) -> [String] {
        func line(_ person: String?, _ at: Instant, _ act: String) -> String {
            "\(at.chineseDay) \(at.shortChinese.suffix(5)) \(desk.name(of: person)) \(act)"
        }
        var story: [String] = []
        if proposedBy != nil || approval == nil { story.append(line(proposedBy, proposedAt, "提议")) }
        if let approval { story.append(line(approval.by, approval.at, proposedBy == nil ? "发布" : "批准")) }
        if let withdrawal { story.append(line(withdrawal.by, withdrawal.at, "撤回")) }
        return story
    }

    fileprivate func obstacle(in desk: PublishingDesk) -> String? {
        guard state == .proposed else { return nil }
        if !desk.isFirst, effectiveAt < desk.now + Self.notice { return "已经来不及公示 7 天，请撤回后换个日期重新提议" }
        return proposedBy == desk.viewer ? "要由另一位运营人员批准" : nil
    }
}
