package import Sealing

/// A text message, as the template that the operator had approved and the values in it. Links carry ids only.
package enum ShortMessage: Sendable {
    case signInCode(Secret<String>, minutes: Int)
    case changesRequested(link: String)
    case rejected(link: String)
    case shopOpened(link: String)
    case turnoverNear(year: Int, link: String)
    case turnoverReached(year: Int, link: String)

    /// The templates. The raw value is the name in the configuration.
    package enum Kind: String, Sendable, CaseIterable {
        case signInCode = "sign_in_code"
        case changesRequested = "changes_requested"
        case rejected
        case shopOpened = "shop_opened"
        case turnoverNear = "turnover_near"
        case turnoverReached = "turnover_reached"

        /// The words to have approved; `{1}` and `{2}` are the parameters in order.
        package var text: String {
            switch self {
            case .signInCode: "验证码 {1}，{2} 分钟内有效。请不要告诉别人。"
            case .changesRequested: "您的入驻申请有几处需要修改，请点开查看：{1}"
            case .rejected: "您的入驻申请未通过，原因和申请人工复核的办法请见：{1}"
            case .shopOpened: "您的店铺已开通，欢迎点开查看：{1}"
            // With the year, because the message may come after New Year.
            case .turnoverNear: "您的店铺 {1} 年已卖满 8 万元，满 10 万元要办理营业执照：{2}"
            case .turnoverReached: "您的店铺 {1} 年已卖满 10 万元，请尽快办理登记，办好后来换主体：{2}"
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .signInCode: .signInCode
        case .changesRequested: .changesRequested
        case .rejected: .rejected
        case .shopOpened: .shopOpened
        case .turnoverNear: .turnoverNear
        case .turnoverReached: .turnoverReached
        }
    }

    /// The template's values, in order.
    var parameters: [String] {
        switch self {
        case .signInCode(let code, let minutes): [code.reveal(), String(minutes)]
        case .changesRequested(let link), .rejected(let link), .shopOpened(let link): [link]
        case .turnoverNear(let year, let link), .turnoverReached(let year, let link): [String(year), link]
        }
    }
}
