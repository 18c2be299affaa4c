import Yams

/// What is wrong with a file's YAML, for people who have never read its grammar.
extension YamlError {
    /// From 1.
    var line: Int {
        switch self {
        // What never ends is looked for where it began.
        case .scanner(let context?, let problem, _, _) where problem.contains("end of stream"): context.mark.line
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: 1
        }
    }

    var inChinese: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            Self.words.first { problem.contains($0.part) }?.chinese ?? "这一行或上一行的写法不对，请检查缩进、冒号和引号"
        case .duplicatedKeysInMapping(let keys, _):
            "同一组里有重复的键：" + keys.sorted().joined(separator: "、")
        case .reader: "文件里有读不了的字符，请存成 UTF-8 文本"
        default: "读不了，请检查写法"
        }
    }

    /// By a part of what libyaml says.
    private static let words: [(part: String, chinese: String)] = [
        ("'-' indicator", "列表里的每一项要以“- ”开头，并且左边对齐"),
        ("',' or '}'", "花括号没有写完：各项之间用英文逗号，末尾用 }"),
        ("',' or ']'", "方括号没有写完：各项之间用英文逗号，末尾用 ]"),
        ("expected key", "缩进不对：同一组的键要左边对齐"),
        ("could not find expected ':'", "少了冒号：键后面要写英文冒号和空格"),
        ("unexpected end of stream", "引号没有写完"),
        ("tab character", "不能用制表符缩进，请换成空格"),
        ("cannot start any token", "有不能这样开头的字符，请把这段文字放进引号"),
        ("escape", "双引号里的反斜杠写法不对，请改用单引号"),
        ("mapping values are not allowed", "一行里多了冒号，或缩进不对；文字里有冒号时要加引号"),
        ("block sequence entries", "“- ”不能写在这里，请另起一行"),
        ("undefined alias", "“*”开头的文字要放进引号"),
        ("nesting", "层次太深"),
        ("expected comment or line break", "这一行后面多了内容"),
        ("node content", "少了内容，或多了符号"),
    ]
}
