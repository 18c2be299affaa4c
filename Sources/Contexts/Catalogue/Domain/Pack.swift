package import CanonicalJSON
import Synchronization

/// A published rule pack: what is asked of whom, and what the stages must do. It never changes.
package final class Pack: Sendable {
    /// SHA-256 of the pack's content, as hex; an application is pinned to it.
    package let hash: String
    package let content: PackContent
    private let shelf = Mutex(FormShelf())

    package init(_ content: PackContent, hash: String) {
        self.hash = hash
        self.content = content
    }

    /// The form that a selection makes. Compiled once and kept: most applicants choose the same few categories.
    package func form(for selection: Selection) -> PackForm {
        if let form = shelf.withLock({ $0.forms[selection] }) { return form }
        let form = FormBuilder(content, selection).form()
        shelf.withLock { $0.keep(form) }
        return form
    }

    /// The form that the values choose.
    package func form(in values: JSONValue) -> PackForm { form(for: content.selection(in: values)) }
}

/// The forms that were compiled last.
private struct FormShelf {
    private(set) var forms: [Selection: PackForm] = [:]
    private var order: [Selection] = []
    private static let most = 256

    mutating func keep(_ form: PackForm) {
        if forms.updateValue(form, forKey: form.selection) == nil { order.append(form.selection) }
        if order.count > Self.most { forms[order.removeFirst()] = nil }
    }
}

extension Pack {
    /// Reads and checks a pack.
    /// - Throws: `PackFaults` with everything that is wrong.
    package convenience init(_ source: PackSource) throws {
        self.init(try PackReader(source: source).content(), hash: source.hash)
    }

    /// Reads a pack that was published.
    package convenience init(bundle: String, hash: String) throws {
        self.init(try PackReader(source: PackSource(bundle: bundle)).content(isPublished: true), hash: hash)
    }
}

/// What other contexts ask of a pack most.
extension Pack {
    package var version: String { content.version }

    /// The Chinese names of categories.
    package func names(of chosen: [String]) -> [String] { content.names(of: chosen) }

    /// What the pack demands of the stages for these categories.
    package func demands(for chosen: [String], as subject: String? = nil) -> Demands {
        content.demands(for: chosen, as: subject)
    }

    /// The categories that stand in the values.
    package func categories(in values: JSONValue) -> [String] { content.categories(in: values) }

    /// What the applicant is called: a company's name, or what stands for it; a natural person's name is not told.
    package func title(of values: JSONValue) -> String? {
        if let name = values[["licence", "name"]]?.string ?? values[["overseas", "name"]]?.string { return name }
        let subject = content.subject(content.selection(in: values).subject)
        guard values[["person"]] != nil, let subject else { return nil }
        return values[["shop", "name"]]?.string.map { "\($0)（\(subject.name)）" } ?? subject.name
    }
}
