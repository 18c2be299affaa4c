import CanonicalJSON
import Catalogue
import Kernel

/// Where on the pages every asked field stands, and what it is called there. Made once a page.
struct FieldPlaces {
    private let places: [String: Place]

    struct Place {
        let step: PackStep
        let field: PackField
        /// The label; in a list's row with the row's number before it, and where a step asks the same twice, with the
        /// heading that tells which is meant.
        let label: String
    }

    init(_ one: OpenApplication) {
        let values = one.draft.values
        var places: [String: Place] = [:]
        for step in one.form.steps {
            let shared = Self.repeated(step.fields.map(\.label))
            for group in step.groups {
                for field in group.fields where field.shown.isAlways || field.shown.holds(in: values) == .yes {
                    let isShared = shared.contains(field.label) && field.label != group.title
                    let label = isShared ? "\(group.title)：\(field.label)" : field.label
                    places[field.path] = Place(step: step, field: field, label: label)
                    for (position, row) in field.rows(in: values).enumerated() {
                        for item in row.asked(in: values) {
                            places[item.path] = Place(
                                step: step, field: item, label: "\(field.label) \(position + 1)：\(item.label)")
                        }
                    }
                }
            }
        }
        self.places = places
    }

    private static func repeated(_ labels: [String]) -> Set<String> {
        var seen: Set<String> = []
        return Set(labels.filter { !seen.insert($0).inserted })
    }

    subscript(path: String) -> Place? { places[path] }

    /// The address of a field, from the page of one step.
    func href(_ path: String, _ one: OpenApplication, from current: String? = nil) -> String {
        guard let place = places[path] else { return "#main" }
        let anchor = "#" + PackField.elementID(of: path)
        return place.step.id == current ? anchor : ApplicationPath.step(one.application.id, place.step.id) + anchor
    }
}

/// How many things each step still wants.
struct StepCounts {
    private var due: [String: Int] = [:]
    private var wrong: [String: Int] = [:]

    init(_ check: FormCheck, _ places: FieldPlaces) {
        for field in check.due { if let step = places[field.path]?.step.id { due[step, default: 0] += 1 } }
        for finding in check.findings { if let step = places[finding.path]?.step.id { wrong[step, default: 0] += 1 } }
    }

    /// Such as “还差 3 项”; nil for a step that is done.
    func text(_ step: String) -> String? {
        if let due = due[step] { return "还差 \(due) 项" }
        return wrong[step].map { "\($0) 处要改" }
    }
}
