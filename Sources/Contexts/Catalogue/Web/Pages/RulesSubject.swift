extension RulesPage {
    /// Who may apply, and what to bring.
    struct Subject: Sendable {
        let name: String
        let note: String
        let brings: [Bring]
        let guidance: [String]
        let kinds: String
        let deposit: String
        let source: String

        struct Bring: Sendable {
            let mark: String
            let title: String
            let note: String
        }

        init(_ subject: PackSubject, in content: PackContent) {
            name = subject.name
            note = subject.note
            brings = subject.brings.map { Bring(mark: $0.mark, title: $0.title, note: $0.note) }
            guidance = subject.guidance
            kinds = subject.shopTypes.compactMap(content.shopType).map { "\($0.name)（\($0.note)）" }
                .joined(separator: "；")
            deposit = "按\(subject.paysIndividualDeposit ? "个体" : "企业")标准"
            source = content.cite(subject.source)
        }
    }
}
