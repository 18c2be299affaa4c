import CanonicalJSON
import Catalogue
import Documents
import Kernel
import Sealing

extension CasePage {
    /// One submitted value, beside what was read and said of it.
    struct FieldLine: Sendable {
        let id: String
        let path: String
        let label: String
        let value: String
        /// The picture that the value names.
        let href: String?
        let masked: Bool
        let revealed: Bool
        let read: String?
        let differs: Bool
        let registry: String?
        let comment: String?
        /// What the reviewer of the last round said.
        let earlier: String?
        let changed: Bool
        let previous: String?
        let error: String?
        let mono: Bool

        /// The element's id on the page.
        static func id(for path: String) -> String { "f" + path.replacing("/", with: "-") }
    }
}

extension CasePage.Group {
    /// A group without values is left out.
    init?(_ group: PackGroup, in view: CaseView) {
        title = group.title
        fields = group.asked(in: view.dossier.values.reveal()).compactMap { CasePage.FieldLine($0, in: view) }
        if fields.isEmpty { return nil }
    }
}

extension CasePage.FieldLine {
    init?(_ field: PackField, in view: CaseView) {
        let values = view.dossier.values.reveal()
        guard let value = values[field.pointer], let text = FieldText(value, of: field, in: view) else { return nil }
        let isCovered = field.isPersonal && view.visit.revealed != field.path
        let cover = { (plain: String) in isCovered ? field.masked(plain) : plain }
        let changes = view.dossier.changes.reveal()
        let seen = field.reads.flatMap { view.dossier.picture?.read.reveal()[$0]?.value }

        id = Self.id(for: field.path)
        path = field.path
        label = field.label
        self.value = cover(text.plain)
        href = text.href
        masked = isCovered && view.canDecide
        revealed = field.isPersonal && !isCovered
        read = seen.map(cover)
        differs = seen.map { field.differs(text.plain, from: $0) } ?? false
        registry = field.isRegistered ? Self.notAsked : nil
        comment = Self.comment(on: field.path, in: view)
        earlier = view.canDecide ? view.dossier.earlierComments[field.path] : nil
        changed = changes.contains(field.path)
        previous = changes.earlier(field.path).flatMap { FieldText($0, of: field, in: view) }.map { cover($0.plain) }
        error = view.visit.findings.first { $0.path == field.path }?.message
        mono = field.kind == .identifier
    }

    /// No registry was asked: nothing that was keyed is shown as if it had answered.
    private static let notAsked = "未查询"

    /// While the case is open, what is being typed; afterwards, what was said.
    private static func comment(on path: String, in view: CaseView) -> String? {
        if view.canDecide { return view.visit.draft?.comments[path] }
        return view.dossier.words.reveal()[view.subject.round]?.comments[path]
    }
}

/// A value as text.
private struct FieldText {
    let plain: String
    var href: String?

    /// `nil` for what a field of this kind can't hold.
    init?(_ value: JSONValue, of field: PackField, in view: CaseView) {
        switch field.kind {
        case .categories:
            guard let chosen = value.array?.compactMap(\.string) else { return nil }
            plain = view.dossier.pack.names(of: chosen).joined(separator: "、")
        case .licence, .picture:
            guard let document = value.string.flatMap(ID<Document>.init) else { return nil }
            let isShown = document == view.dossier.picture?.document
            plain = isShown ? "照片见旁边" : "已上传"
            href = isShown ? nil : ReviewPath.picture(document)
        case .list:
            guard let rows = value.object, !rows.isEmpty else { return nil }
            plain = "\(rows.count) 项；缺了哪一项，写在这里"
        case .text, .longText, .number, .money, .date, .expiry, .personName, .identifier, .choice, .region, .bank,
            .consent:
            guard let text = field.display(value), !text.isEmpty else { return nil }
            plain = text
        }
    }
}

extension PackField {
    /// Whether a public register could confirm the value.
    fileprivate var isRegistered: Bool {
        kind == .identifier && !isPersonal && (path.hasPrefix("/licence") || path.hasPrefix("/qualifications"))
            || reads == "名称" || reads == "法定代表人"
    }
}
