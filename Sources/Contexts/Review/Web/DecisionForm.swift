import FormData
import Web

extension DecisionDraft {
    /// Reads what the case's page sends: `decision`, `reason`, `note` and one `comment.{path}` for each field.
    init(_ form: Form) {
        let prefix = "comment."
        var comments: [String: String] = [:]
        for name in form.fields.names where name.hasPrefix(prefix) {
            comments[String(name.dropFirst(prefix.count))] = form[name]
        }
        self.init(decision: form["decision"], reason: form["reason"], note: form["note"], comments: comments)
    }
}
