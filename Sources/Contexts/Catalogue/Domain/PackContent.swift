package import CanonicalJSON
package import Kernel

/// What a pack says.
package struct PackContent: Sendable, Equatable {
    package let id: String
    package let title: String
    package let version: String
    package let summary: String
    package let sources: [String: RuleSource]
    package let routes: [ReviewRoute]
    package let shopTypes: [ShopType]
    package let subjects: [PackSubject]
    package let qualifications: [Qualification]
    package let categories: [PackCategory]
    package let fees: FeeRules
    package let deadlines: Deadlines
    package let screening: Demand
    let template: FormTemplate

    /// What holds for deposits and contracts in all categories.
    package struct FeeRules: Sendable, Equatable {
        /// From this deposit on it is paid, and the contract signed, before the shop opens.
        package let before: Money
        /// Why, with its source.
        package let rule: String
        package let source: String
    }

    /// How long things may lie.
    package struct Deadlines: Sendable, Equatable {
        /// Days that an unfinished draft is kept open.
        package let draft: Int
        /// Days to answer a request for changes.
        package let changes: Int
    }

    package static let subjectPath = "/subject/type"
    package static let shopTypePath = "/shop/type"
    package static let categoriesPath = "/shop/categories"
    /// The answers that choose the form.
    package static let selectionPaths = [subjectPath, shopTypePath, categoriesPath]

    /// The answers that choose the form. What was not answered yet takes the pack's first.
    package func selection(in values: JSONValue) -> Selection {
        let subject = values[["subject", "type"]]?.string.flatMap(subject) ?? subjects.first
        let kinds = subject?.shopTypes ?? []
        let shopType = values[["shop", "type"]]?.string.flatMap { kinds.contains($0) ? $0 : nil }
        return Selection(
            subject: subject?.id ?? "", categories: categories(in: values), shopType: shopType ?? kinds.first ?? "")
    }

    /// The known categories that stand in the values, in the tree's order.
    package func categories(in values: JSONValue) -> [String] {
        let chosen = Set((values[["shop", "categories"]]?.array ?? []).compactMap(\.string))
        return categories.lazy.map(\.id).filter(chosen.contains)
    }

    package func subject(_ id: String) -> PackSubject? { subjects.first { $0.id == id } }
    package func shopType(_ id: String) -> ShopType? { shopTypes.first { $0.id == id } }
    package func qualification(_ id: String) -> Qualification? { qualifications.first { $0.id == id } }
    package func category(_ id: String) -> PackCategory? { categories.first { $0.id == id } }
    package func categories(of ids: [String]) -> [PackCategory] { categories.filter { ids.contains($0.id) } }

    /// The Chinese names of categories.
    package func names(of chosen: [String]) -> [String] { categories(of: chosen).map(\.name) }

    /// A source as it is cited.
    package func cite(_ source: String) -> String { sources[source]?.title ?? source }

    /// What a category wants to see, in words: papers that stand for one another in one line.
    package func papers(for category: PackCategory) -> [String] {
        let needs = category.needs.map { need in
            need.any.compactMap { qualification($0)?.name }.joined(separator: " 或 ")
        }
        return needs + (category.brandRule == nil ? [] : ["商标注册证或品牌授权"])
    }

    /// The first category of every trade, for a first look at what can be sold here.
    package var showcase: [PackCategory] {
        var seen: Set<String> = []
        return Array(categories.filter { $0.denied == nil && seen.insert($0.trail.first ?? "").inserted }.prefix(9))
    }
}
