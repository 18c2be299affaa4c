package import CanonicalJSON

/// On which answers something is asked: every one of the conditions, and in each at least one of its answers.
package struct ShowWhen: Sendable, Equatable {
    /// All of them must hold.
    package let conditions: [Condition]

    /// Holds if one of the answers was given.
    package struct Condition: Sendable, Equatable {
        package let answers: [Answer]

        package init(answers: [Answer]) { self.answers = answers }
    }

    /// A field holds a value.
    package struct Answer: Sendable, Hashable {
        package let path: String
        package let value: String
        let pointer: JSONPointer

        package init(path: String, value: String) {
            self.path = path
            self.value = value
            pointer = JSONPointer(tokens: path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) })
        }
    }

    package init(_ conditions: [Condition]) { self.conditions = conditions }

    package static let always = ShowWhen([])

    package var isAlways: Bool { conditions.isEmpty }

    /// Both must hold.
    package func and(_ other: ShowWhen) -> ShowWhen { ShowWhen(conditions + other.conditions) }

    /// Whether it holds for these values. What was not answered yet is unknown.
    package func holds(in values: JSONValue) -> Certainty {
        var certainty = Certainty.yes
        for condition in conditions { certainty = certainty.and(condition.holds(in: values)) }
        return certainty
    }
}

extension ShowWhen.Condition {
    fileprivate func holds(in values: JSONValue) -> Certainty {
        answers.reduce(.no) { $0.or($1.holds(in: values)) }
    }
}

extension ShowWhen.Answer {
    fileprivate func holds(in values: JSONValue) -> Certainty {
        guard let given = values[pointer], !given.isBlank else { return .unknown }
        return given.string == value ? .yes : .no
    }
}

/// Three-valued truth (Kleene): what was not answered is neither so nor otherwise.
package enum Certainty: Sendable, Equatable {
    case no
    case unknown
    case yes

    func and(_ other: Certainty) -> Certainty {
        switch (self, other) {
        case (.no, _), (_, .no): .no
        case (.yes, .yes): .yes
        default: .unknown
        }
    }

    func or(_ other: Certainty) -> Certainty {
        switch (self, other) {
        case (.yes, _), (_, .yes): .yes
        case (.no, .no): .no
        default: .unknown
        }
    }
}
