/// What a `format` keyword runs.
enum FormatCheck: Sendable {
    case standard(StandardFormat)
    case custom(SchemaFormats.Check)

    /// Whether a text is acceptable. Warnings are.
    func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .standard(let format): format.accepts(text)
        case .custom(let check): check(String(decoding: text, as: UTF8.self))?.isWarning ?? true
        }
    }

    /// What is wrong with a text; nil when nothing is.
    func finding(_ text: UnsafeBufferPointer<UInt8>) -> SchemaFormats.Finding? {
        switch self {
        case .standard(let format):
            format.accepts(text) ? nil : .init(code: Keyword.format.code, message: "不是有效的\(format.chineseName)")
        case .custom(let check): check(String(decoding: text, as: UTF8.self))
        }
    }
}

/// The formats of draft 2020-12 (validation, section 7.3).
enum StandardFormat: String, Sendable, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case duration
    case email
    case idnEmail = "idn-email"
    case hostname
    case idnHostname = "idn-hostname"
    case ipv4
    case ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uuid
    case uriTemplate = "uri-template"
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex

    func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .dateTime: TimeFormats.isDateTime(text)
        case .date: TimeFormats.isDate(text)
        case .time: TimeFormats.isTime(text)
        case .duration: TimeFormats.isDuration(text)
        case .email: MailFormats.isAddress(text, isInternational: false)
        case .idnEmail: MailFormats.isAddress(text, isInternational: true)
        case .hostname: HostFormats.isHostname(text)
        case .idnHostname: InternationalHostname.isValid(text)
        case .ipv4: HostFormats.isIPv4(text)
        case .ipv6: HostFormats.isIPv6(text)
        case .uri: URIFormats.isReference(text, isInternational: false, needsScheme: true)
        case .uriReference: URIFormats.isReference(text, isInternational: false, needsScheme: false)
        case .iri: URIFormats.isReference(text, isInternational: true, needsScheme: true)
        case .iriReference: URIFormats.isReference(text, isInternational: true, needsScheme: false)
        case .uuid: SmallFormats.isUUID(text)
        case .uriTemplate: SmallFormats.isURITemplate(text)
        case .jsonPointer: SmallFormats.isJSONPointer(text)
        case .relativeJSONPointer: SmallFormats.isRelativeJSONPointer(text)
        case .regex: ECMAParser.isExpression(String(decoding: text, as: UTF8.self))
        }
    }

    /// What people call it.
    var chineseName: String {
        switch self {
        case .dateTime: "日期时间（如 2026-03-01T09:30:00+08:00）"
        case .date: "日期（如 2026-03-01）"
        case .time: "时间（如 09:30:00+08:00）"
        case .duration: "时长（如 P3D）"
        case .email, .idnEmail: "邮箱地址"
        case .hostname, .idnHostname: "域名"
        case .ipv4: "IPv4 地址"
        case .ipv6: "IPv6 地址"
        case .uri, .iri: "网址（如 https://example.com/）"
        case .uriReference, .iriReference: "网址或相对网址"
        case .uuid: "UUID"
        case .uriTemplate: "网址模板"
        case .jsonPointer, .relativeJSONPointer: "JSON 路径"
        case .regex: "正则表达式"
        }
    }
}
