package import CanonicalJSON
package import ChineseIdentifiers

/// What is different in a newer pack, in sentences for shop owners and operators.
package struct PackChanges: Sendable, Equatable {
    /// Fees, deadlines and routes that hold for all categories.
    package let general: [String]
    package let categories: [RuleChange]
    /// Papers that are asked for differently.
    package let papers: [RuleChange]
    /// Subjects, and the forms that they fill in.
    package let subjects: [RuleChange]

    package init(from old: PackContent, to new: PackContent) {
        general = GeneralChanges(from: old, to: new).sentences
        categories = RuleChange.all(from: old.categories, to: new.categories, id: \.id) { before, after in
            CategoryChanges(from: (before, old), to: (after, new)).change
        }
        papers = RuleChange.all(from: old.qualifications, to: new.qualifications, id: \.id) { before, after in
            PaperChanges(from: (before, old), to: (after, new)).change
        }
        subjects = RuleChange.all(from: old.subjects, to: new.subjects, id: \.id) { before, after in
            SubjectChanges(from: (before, old), to: (after, new)).change
        }
    }

    package var isEmpty: Bool { count == 0 }

    /// How many rules are different.
    package var count: Int { general.count + categories.count + papers.count + subjects.count }
}

/// One rule that is new, gone or different.
package struct RuleChange: Sendable, Equatable {
    package let kind: Kind
    /// The id of what changed.
    package let id: String
    package let name: String
    /// What changed, one sentence each.
    package let sentences: [String]

    package enum Kind: String, Sendable {
        case added
        case removed
        case changed
    }

    /// - Parameter describe: what is said of a pair; one side is nil for what is new or gone, the answer for what is
    ///   the same.
    fileprivate static func all<Value>(
        from old: [Value], to new: [Value], id: KeyPath<Value, String>, _ describe: (Value?, Value?) -> RuleChange?
    ) -> [RuleChange] {
        let before = Dictionary(old.map { ($0[keyPath: id], $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map { $0[keyPath: id] })
        return new.compactMap { describe(before[$0[keyPath: id]], $0) }
            + old.filter { !after.contains($0[keyPath: id]) }.compactMap { describe($0, nil) }
    }
}
