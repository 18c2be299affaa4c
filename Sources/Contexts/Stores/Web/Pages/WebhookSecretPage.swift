import Web

/// What the template of a new secret's page may know: it is shown this once.
struct WebhookSecretPage: Sendable {
    let page: PageFrame
    let heading: String
    let secret: String
    let use: String
    let back: String

    enum Kind: Sendable {
        case signature
        case partner

        var title: String {
            switch self {
            case .signature: "新的签名密钥"
            case .partner: "新的接口密钥"
            }
        }

        var use: String {
            switch self {
            case .signature: "接收方用它验证每条消息的 webhook-signature。"
            case .partner: "调用 GET /api/shops 时放在请求头里：Authorization: Bearer 密钥。"
            }
        }
    }

    init(page: PageFrame, kind: Kind, secret: String, back: String) {
        self.page = page
        heading = kind.title
        self.secret = secret
        use = kind.use
        self.back = back
    }
}
