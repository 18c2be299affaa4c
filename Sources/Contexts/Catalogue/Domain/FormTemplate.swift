/// The form before a selection: every group with the conditions under which it is asked.
struct FormTemplate: Sendable, Equatable {
    let steps: [Step]

    struct Step: Sendable, Equatable {
        let id: String
        let title: String
        let lead: String
        let minutes: Int
        let groups: [Group]
    }

    struct Group: Sendable, Equatable {
        let content: Content
        let audience: Audience
    }

    enum Content: Sendable, Equatable {
        case fields(title: String, hint: String?, [Field])
        /// The papers that the categories want.
        case qualifications
        /// The shop's brands and their chain of authorisations, when the kind of shop or a category wants them.
        case brands(title: String, hint: String?, Field)
    }

    struct Field: Sendable, Equatable {
        let field: PackField
        let audience: Audience
    }

    /// Whom something is asked; empty sets mean everybody.
    struct Audience: Sendable, Equatable {
        let subjects: Set<String>
        let shopTypes: Set<String>

        static let everybody = Audience(subjects: [], shopTypes: [])

        func includes(_ selection: Selection) -> Bool {
            (subjects.isEmpty || subjects.contains(selection.subject))
                && (shopTypes.isEmpty || shopTypes.contains(selection.shopType))
        }
    }
}
