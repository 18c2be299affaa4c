package import Kernel

/// Who needs what to sell what: every subject against every category, worked out by building each form.
package struct PackMatrix: Sendable {
    package let content: PackContent
    package let subjects: [Applicant]
    package let trades: [Trade]

    /// A subject and the questions that everybody of it answers.
    package struct Applicant: Sendable {
        package let subject: PackSubject
        /// The number of questions by kind of shop, before any category is chosen.
        package let fields: [(shopType: ShopType, count: Int)]
    }

    package struct Trade: Sendable {
        package let name: String
        package let rows: [Row]
    }

    /// What a category asks of subjects that are treated alike.
    package struct Row: Sendable {
        package let category: PackCategory
        package let subjects: [PackSubject]
        package let needs: [PackCategory.Need]
        /// The number of questions of each subject's form, in an ordinary shop.
        package let counts: [Int]
        /// How many of them are there for this category.
        package let extra: Int
        package let deposit: Money
    }

    package init(_ content: PackContent) {
        self.content = content
        subjects = content.subjects.map { subject in
            let types = subject.shopTypes.compactMap(content.shopType)
            return Applicant(
                subject: subject, fields: types.map { ($0, content.form(of: subject, selling: [], in: $0.id).count) })
        }
        trades = content.trades.map { trade in
            Trade(name: trade.name, rows: trade.categories.flatMap { Row.all(of: $0, in: content) })
        }
    }
}

extension PackMatrix.Row {
    private struct Key: Hashable {
        let needs: [[String]]
        let extra: Int
        let deposit: Money
    }

    fileprivate static func all(of category: PackCategory, in content: PackContent) -> [Self] {
        guard category.denied == nil else {
            return [Self(category: category, subjects: [], needs: [], counts: [], extra: 0, deposit: .zero)]
        }
        var rows: [(key: Key, row: Self)] = []
        for subject in content.subjects where category.subjects.contains(subject.id) {
            let (key, row) = one(category, subject, content)
            if let known = rows.firstIndex(where: { $0.key == key }) {
                rows[known].row = rows[known].row.joined(with: row)
            } else {
                rows.append((key, row))
            }
        }
        return rows.map(\.row)
    }

    private static func one(
        _ category: PackCategory, _ subject: PackSubject, _ content: PackContent
    ) -> (Key, Self) {
        let type = subject.shopTypes.first ?? ""
        let selection = Selection(subject: subject.id, categories: [category.id], shopType: type)
        let needs = category.needs.filter { $0.applies(to: selection) }
        let count = content.form(of: subject, selling: [category.id], in: type).count
        let extra = count - content.form(of: subject, selling: [], in: type).count
        let deposit = subject.paysIndividualDeposit ? category.deposit.individual : category.deposit.enterprise
        let row = Self(
            category: category, subjects: [subject], needs: needs, counts: [count], extra: extra, deposit: deposit)
        return (Key(needs: needs.map(\.any), extra: extra, deposit: deposit), row)
    }

    private func joined(with other: Self) -> Self {
        Self(
            category: category, subjects: subjects + other.subjects, needs: needs, counts: counts + other.counts,
            extra: extra, deposit: deposit)
    }
}

extension PackContent {
    fileprivate func form(of subject: PackSubject, selling categories: [String], in type: String) -> [PackField] {
        FormBuilder(self, Selection(subject: subject.id, categories: categories, shopType: type)).form().fields
    }
}
