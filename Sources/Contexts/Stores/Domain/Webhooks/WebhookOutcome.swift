/// How one try ended.
struct WebhookOutcome: Sendable, Equatable {
    /// What the endpoint answered, if it did.
    let status: Int?
    /// A stable code; nil for a success.
    let fault: Fault?
    /// The first 1,024 bytes of the answer, without what may be personal data.
    let answer: String

    enum Fault: String, Sendable {
        case timedOut = "webhook.timed_out"
        case unreachable = "webhook.unreachable"
        case unresolved = "webhook.unresolved"
        case notPublic = "webhook.address_private"
        case redirected = "webhook.redirected"
        case gone = "webhook.gone"
        case refused = "webhook.refused"
        case badAddress = "webhook.address_unreadable"
        case interrupted = "webhook.interrupted"

        /// What operators read.
        var label: String {
            switch self {
            case .timedOut: "10 秒内没有答复"
            case .unreachable: "连不上，或 TLS 证书不对"
            case .unresolved: "域名解析不出地址"
            case .notPublic: "域名指向内网或本机，没有发"
            case .redirected: "要求跳转，不跟随"
            case .gone: "410：对方不再接收"
            case .refused: "没有接收"
            case .badAddress: "地址不再允许，没有发"
            case .interrupted: "多次中途中断"
            }
        }
    }

    var isSuccess: Bool { fault == nil }

    static func failed(_ fault: Fault) -> WebhookOutcome { WebhookOutcome(status: nil, fault: fault, answer: "") }

    /// What an answer means: any 2xx is a success.
    init(status: Int, answer: [UInt8]) {
        self.status = status
        fault =
            switch status {
            case 200..<300: nil
            case 300..<400: .redirected
            case 410: .gone
            default: .refused
            }
        self.answer = Self.scrubbed(answer)
    }

    init(status: Int?, fault: Fault?, answer: String) {
        (self.status, self.fault, self.answer) = (status, fault, answer)
    }

    static let mostAnswer = 1_024

    /// An answer as it may be kept: long numbers (phones, identity cards, accounts) and mail addresses are taken out,
    /// control characters too.
    static func scrubbed(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(mostAnswer), as: UTF8.self)
        let plain = String(
            text.unicodeScalars.filter { $0 == "\n" || !($0.value < 32 || $0.value == 127) }.map(Character.init))
        return plain.replacing(#/[^\s@<>"':,]+@[^\s@<>"',]+/#, with: "‹邮箱›")
            .replacing(#/[0-9]{3}[ \-][0-9]{4}[ \-][0-9]{4}/#, with: "‹号码›")
            .replacing(#/[0-9]{7,}[Xx]?/#, with: "‹号码›")
    }
}
