import CanonicalJSON
import Catalogue
import Kernel

/// What is still wanted: on this page, on the others, and what depends on answers that are still open.
struct NeedsPanel: Sendable {
    let isDone: Bool
    /// What this page wants, as links to its fields.
    let due: [Need]
    let more: String?
    let choices: [Choice]
    /// What waits for an answer.
    let waiting: [Need]
    /// What the chosen categories cost and how they are decided; nil before any is chosen.
    let terms: Terms?
    let hasElsewhere: Bool
    let elsewhere: [Elsewhere]
    let allHref: String

    struct Need: Sendable {
        let label: String
        let href: String
        let note: String?
    }

    /// One of several papers is enough.
    struct Choice: Sendable {
        let title: String
        let options: String
        let href: String
    }

    struct Terms: Sendable {
        let deposit: String
        let commission: String
        let route: String
    }

    struct Elsewhere: Sendable {
        let title: String
        let state: String
        let href: String
    }

    /// More lines than this would be read by nobody.
    private static let most = 8

    init(_ check: FormCheck, _ one: OpenApplication, _ step: PackStep, _ places: FieldPlaces, _ counts: StepCounts) {
        let open = Set(check.alternatives.map(\.field.path))
        let here = check.due.filter { places[$0.path]?.step.id == step.id && !open.contains($0.path) }
        due = here.prefix(Self.most).map { field in
            Need(label: places[field.path]?.label ?? field.label, href: "#" + field.elementID, note: nil)
        }
        more = here.count > Self.most ? "另有 \(here.count - Self.most) 项" : nil
        choices = check.alternatives.filter { places[$0.field.path]?.step.id == step.id }.map { choice in
            Choice(
                title: "\(choice.options.count.chineseDigit)选一",
                options: choice.options.map(\.name).joined(separator: "、"),
                href: "#" + choice.field.elementID)
        }
        waiting = Self.waiting(check, step, places)
        elsewhere = one.form.steps.filter { $0.id != step.id }.compactMap { other in
            counts.text(other.id).map { state in
                Elsewhere(title: other.title, state: state, href: ApplicationPath.step(one.application.id, other.id))
            }
        }
        hasElsewhere = !elsewhere.isEmpty
        terms = Terms(one)
        isDone = here.isEmpty && choices.isEmpty
        allHref = ApplicationPath.requirements(one.application.id)
    }

    /// One line for each open answer, however many questions hang on it. Alternatives have lines of their own.
    private static func waiting(_ check: FormCheck, _ step: PackStep, _ places: FieldPlaces) -> [Need] {
        let alternatives = Set(check.alternatives.map(\.field.path))
        var order: [String] = []
        var count: [String: Int] = [:]
        for field in check.eventually {
            guard let path = field.shown.conditions.first?.answers.first?.path, !alternatives.contains(path),
                places[path]?.step.id == step.id
            else { continue }
            if count.updateValue((count[path] ?? 0) + 1, forKey: path) == nil { order.append(path) }
        }
        return order.compactMap { path in
            guard let place = places[path] else { return nil }
            return Need(
                label: "\(count[path] ?? 0) 项看情况要", href: "#" + PackField.elementID(of: path),
                note: "选了「\(place.label)」后再说")
        }
    }
}

extension Int {
    /// As people say it in “三选一”.
    fileprivate var chineseDigit: String {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        return digits.indices.contains(self) ? digits[self] : String(self)
    }
}

extension NeedsPanel.Terms {
    fileprivate init?(_ one: OpenApplication) {
        let (content, selection) = (one.pack.content, one.form.selection)
        let rates = content.categories(of: selection.categories).map(\.commission)
        guard let route = content.route(for: selection.categories), let low = rates.min(), let high = rates.max() else {
            return nil
        }
        let isBefore = content.demands(for: selection.categories, as: selection.subject).deposit.isRequired
        deposit = content.deposit(for: selection).display + (isBefore ? "，开店前缴" : "，开店后缴")
        commission = low == high ? low.text : "\(low.text) 到 \(high.text)，按类目"
        self.route = route.name + (route.hours == 0 ? "" : "，工作时间 \(route.hours) 小时内")
    }
}
