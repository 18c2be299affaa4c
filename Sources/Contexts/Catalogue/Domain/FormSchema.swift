package import CanonicalJSON
import JSONSchema
package import Kernel

/// A form's questions as a JSON Schema, compiled.
package struct FormSchema: Sendable {
    /// The schema as programs read it.
    package let json: JSONValue
    /// Why it can't be compiled; a pack for which that happens is refused before it is published.
    package let fault: String?
    private let compiled: Schema?

    init(fields: [PackField], title: String) {
        var json = SchemaTree(fields).json
        json["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        json["title"] = .string(title)
        self.json = json
        do {
            compiled = try Schema(json, options: FormFormats.options)
            fault = nil
        } catch {
            compiled = nil
            fault = "\(error)"
        }
    }

    /// What is wrong with values that are there so far. What is missing is no fault.
    func faults(inDraft values: JSONValue, of form: PackForm) -> [Finding] {
        guard let compiled else { return [Self.broken] }
        let document = JSONDocument(values)
        guard compiled.refuses(draft: document) else { return [] }
        return compiled.check(draft: document).errors.map { finding($0, form, values) }
    }

    /// What is wrong with values that are handed in, what is missing included.
    func faults(in values: JSONValue, of form: PackForm) -> [Finding] {
        guard let compiled else { return [Self.broken] }
        let document = JSONDocument(values)
        // Most of what is handed in is right, and that is a far quicker question than what is wrong.
        return compiled.isValid(document) ? [] : compiled.validate(document).map { finding($0, form, values) }
    }

    private static let broken = Finding(
        path: "", code: "form.broken", message: "这份表单暂时无法核对", hint: "请稍后再试；已填写的内容都保留着")

    private func finding(_ error: SchemaError, _ form: PackForm, _ values: JSONValue) -> Finding {
        let path = error.instance.description
        if let written = writtenFault(at: error.schema) {
            return Finding(
                path: path, code: written["code"]?.string ?? error.code,
                message: written["message"]?.string ?? error.message, hint: written["hint"]?.string)
        }
        if path.hasPrefix(PackContent.categoriesPath) {
            return Finding(
                path: PackContent.categoriesPath, code: "category.unknown", message: "请从列出的类目里选", hint: nil)
        }
        guard let field = form.field(at: path) else {
            return Finding(path: path, code: error.code, message: error.message, hint: error.hint)
        }
        return field.finding(error, values[field.pointer])
    }

    /// What the schema itself says beside the keyword that failed.
    private func writtenFault(at keyword: JSONPointer) -> JSONValue? {
        json[JSONPointer(tokens: keyword.tokens.dropLast() + ["x-fault"])]
    }
}

extension PackField {
    /// A schema's complaint in the words of the field.
    fileprivate func finding(_ error: SchemaError, _ value: JSONValue?) -> Finding {
        let (code, message, hint): (String, String, String?) =
            switch error.keyword {
            case "minLength", "maxLength":
                ("field.length", "\(label)应为 \(least)–\(most) 个字", value?.string.map { "现在是 \($0.count) 个字" })
            case "type" where kind == .number: ("field.number", "\(label)应为整数", "只写数字，例如 12")
            case "type" where kind == .money: ("field.money", "\(label)应为金额", "写成 12.50 这样，单位是元")
            case "minimum", "maximum": ("field.range", "\(label)应在 \(bounds) 之间", nil)
            case "enum" where kind == .choice: ("field.choice", "请从\(label)的选项里选", nil)
            case "const" where kind == .consent: ("field.consent", "请勾选：\(label)", nil)
            case "type", "enum", "const": ("field.type", "\(label)的格式不对", "请重新填写")
            case "minProperties": ("list.too_few", "\(label)至少要 \(least) 项", nil)
            case "maxProperties": ("list.too_many", "\(label)最多 \(most) 项", nil)
            default: (error.code, error.message, error.hint)
            }
        return Finding(path: path, code: code, message: message, hint: hint)
    }

    /// The smallest and the largest value; amounts in yuan, as people type them.
    private var bounds: String {
        kind == .money ? "\(Self.yuan(Int64(least))) 到 \(Self.yuan(Int64(most))) 元" : "\(least) 到 \(most)"
    }
}
