import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Kernel

/// What one field shows at this moment.
struct FieldLook {
    let field: PackField
    /// The id of its element.
    let id: String
    /// The name of its input.
    let name: String
    let value: JSONValue?
    /// Whether the applicant may write it now.
    let isOpen: Bool
    let fault: Finding?
    /// What the reviewer said about it.
    let comment: String?
    /// The value is what a picture said.
    let isRecognised: Bool
    /// A person should look twice.
    let isDoubtful: Bool
    let hint: String?

    init(_ field: PackField, _ one: OpenApplication, fault: Finding?, comment: String?) {
        let tokens = field.path.split(separator: "/").map(String.init)
        self.field = field
        id = "f-" + tokens.joined(separator: "-")
        name = tokens.joined(separator: ".")
        value = one.draft.values[JSONPointer(tokens: tokens)]
        isOpen = one.rules.allows(field)
        self.fault = fault
        self.comment = comment
        isRecognised = one.draft.isRecognised(field)
        isDoubtful = isRecognised && one.draft.isDoubtful(field)
        hint = field.hint ?? field.grammar?.help
    }

    /// The value as it stands in an input. A locked personal value is masked: there is nothing to type.
    var text: String {
        guard let value, let text = field.display(value) else { return "" }
        return isOpen ? text : field.masked(text)
    }

    /// The name under which an input sends its value. A locked one sends nothing: what stands in it may be masked.
    var sentName: String? { isOpen ? name : nil }

    /// What was typed or chosen, as it is kept.
    var plain: String { value?.string ?? "" }
}
