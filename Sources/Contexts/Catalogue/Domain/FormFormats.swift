import ChineseIdentifiers
import JSONSchema

/// The formats that a form's schema may name: every grammar of identifiers, and a few of the forms' own.
enum FormFormats {
    static let expiry = "expiry"
    static let division = "division"

    static let options = Schema.Options(assertsFormat: true, formats: all)

    private static let all: SchemaFormats = {
        var formats = SchemaFormats()
        for grammar in IdentifierGrammar.all {
            formats[grammar.id] = { text in
                grammar.check(text).faults.first.map {
                    SchemaFormats.Finding(code: $0.code, message: $0.message, hint: $0.hint)
                }
            }
        }
        formats["date"] = { text in isDay(text) ? nil : unreadableDate }
        formats[expiry] = { text in text == PackField.indefinitely || isDay(text) ? nil : unreadableDate }
        formats[division] = { text in
            Regions.fullName(of: text) == nil
                ? SchemaFormats.Finding(code: "region.unknown", message: "没有找到这个地区", hint: "请写到区县，例如 浙江省杭州市西湖区")
                : nil
        }
        return formats
    }()

    private static let unreadableDate = SchemaFormats.Finding(
        code: "date.unreadable", message: "看不懂这个日期", hint: "请写成 2015年08月13日 或 2015-08-13")

    /// Days are kept as ISO 8601.
    private static func isDay(_ text: String) -> Bool { PackField.day(text)?.description == text }
}
