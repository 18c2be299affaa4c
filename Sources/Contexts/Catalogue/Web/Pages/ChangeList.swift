import Kernel

/// What is different in a newer pack, as the template `rule-changes` shows it.
struct ChangeList: Sendable {
    let isSame: Bool
    let summary: String
    let groups: [Group]

    struct Group: Sendable {
        let title: String
        let lines: [Line]
    }

    struct Line: Sendable {
        let name: String?
        let tag: String?
        let tone: String
        let sentences: [String]
    }

    init(_ changes: PackChanges) {
        isSame = changes.isEmpty
        summary = changes.isEmpty ? "规则没有变化，只改了说明文字。" : "一共 \(changes.count) 处变化。"
        let general = Group(
            title: "对所有人",
            lines: changes.general.map { Line(name: nil, tag: nil, tone: "info", sentences: [$0]) })
        groups = [
            general, Group("类目", changes.categories), Group("主体和要填的内容", changes.subjects),
            Group("材料", changes.papers),
        ].filter { !$0.lines.isEmpty }
    }
}

extension ChangeList.Group {
    /// What is said of several is said once.
    fileprivate init(_ title: String, _ changes: [RuleChange]) {
        self.title = title
        var merged: [(change: RuleChange, names: [String])] = []
        for change in changes {
            if let known = merged.firstIndex(where: { $0.change.says(theSameAs: change) }) {
                merged[known].names.append(change.name)
            } else {
                merged.append((change, [change.name]))
            }
        }
        lines = merged.map { change, names in
            ChangeList.Line(
                name: names.joined(separator: "、"), tag: change.kind.tag, tone: change.kind.tone,
                sentences: change.sentences)
        }
    }
}

extension RuleChange {
    fileprivate func says(theSameAs other: RuleChange) -> Bool {
        kind == .changed && other.kind == .changed && sentences == other.sentences
    }
}

extension RuleChange.Kind {
    fileprivate var tag: String {
        switch self {
        case .added: "新增"
        case .removed: "取消"
        case .changed: "调整"
        }
    }

    fileprivate var tone: String {
        switch self {
        case .added: "ok"
        case .removed: "bad"
        case .changed: "info"
        }
    }
}

/// Days from now in words.
enum Countdown {
    static func text(to instant: Instant, from now: Instant) -> String {
        switch ShanghaiDay(at: instant).days(since: ShanghaiDay(at: now)) {
        case ..<1: "今天生效"
        case 1: "明天生效"
        case let days: "还有 \(days) 天"
        }
    }
}
