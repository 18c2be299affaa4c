package import CanonicalJSON
package import ChineseIdentifiers
package import Kernel

/// What a form says about the values that are there so far.
package struct FormCheck: Sendable, Equatable {
    /// Fields that still want a value. In a draft this is not a fault.
    package let due: [PackField]
    /// What is wrong with the values that are there.
    package let findings: [Finding]

    package var isComplete: Bool { due.isEmpty && findings.isEmpty }
}

extension Pack {
    /// Checks values against the form that their own categories make.
    package func check(_ values: JSONValue, on today: CivilDate) -> FormCheck {
        var due: [PackField] = []
        var findings: [Finding] = []
        for field in form(for: categories(in: values)).fields {
            guard let value = values[field.pointer], !value.isBlank else {
                if field.isRequired { due.append(field) }
                continue
            }
            if let finding = finding(on: field, value, on: today) { findings.append(finding) }
        }
        return FormCheck(due: due, findings: findings)
    }

    /// What is wrong with one value.
    package func finding(on field: PackField, _ value: JSONValue, on today: CivilDate) -> Finding? {
        if field.kind == .categories { return unknownCategory(in: value, field) }
        guard let text = value.string else {
            return Finding(path: field.path, code: "field.type", message: "\(field.label)的格式不对", hint: "请重新填写")
        }
        if text.count < field.least || text.count > field.most {
            return Finding(
                path: field.path, code: "field.length", message: "\(field.label)应为 \(field.least)–\(field.most) 个字",
                hint: "现在是 \(text.count) 个字")
        }
        switch field.kind.normal(text, on: today) {
        case .failure(let fault):
            return Finding(path: field.path, code: fault.code, message: fault.message, hint: fault.hint)
        case .success(let normal):
            return field.kind == .creditCode ? wrongSubject(normal, field) : nil
        }
    }

    /// The value as it is kept: without blanks and in its normal form, if it has one.
    package func normalised(_ text: String, for field: PackField, on today: CivilDate) -> String {
        (try? field.kind.normal(text, on: today).get()) ?? text
    }

    private func unknownCategory(in value: JSONValue, _ field: PackField) -> Finding? {
        let chosen = (value.array ?? []).compactMap(\.string)
        let known = Set(categories.map(\.id))
        guard !chosen.isEmpty, chosen.allSatisfy(known.contains) else {
            return Finding(path: field.path, code: "category.unknown", message: "请从列出的类目里选", hint: nil)
        }
        return nil
    }

    private func wrongSubject(_ code: String, _ field: PackField) -> Finding? {
        if creditCodePrefixes.contains(where: code.hasPrefix) { return nil }
        return Finding(
            path: field.path, code: "uscc.subject", message: "这个代码不属于\(subjectName)",
            hint: "\(subjectName)的代码以 \(creditCodePrefixes.joined(separator: " 或 ")) 开头，请核对执照类型")
    }
}

extension JSONValue {
    /// Nothing was filled in.
    package var isBlank: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let items): items.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .number: false
        }
    }
}
