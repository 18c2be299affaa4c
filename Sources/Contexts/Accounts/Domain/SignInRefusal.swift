package import Kernel

/// Why somebody does not get in. The raw value is the stable code that clients see.
///
/// None of these tells whether a phone number is known here, except `notStaff`, which only its owner gets to see.
package enum SignInRefusal: String, ProblemConvertible, Equatable {
    case codeShape = "sign_in.code_shape"
    case codeWrong = "sign_in.code_wrong"
    case codeExpired = "sign_in.code_expired"
    case codeUsed = "sign_in.code_used"
    case codeReplaced = "sign_in.code_replaced"
    case locked = "sign_in.locked"
    case tooSoon = "sign_in.too_soon"
    case phoneLimit = "sign_in.phone_limit"
    case clientLimit = "sign_in.client_limit"
    case notStaff = "staff.not_known"

    package var problem: Problem {
        switch self {
        case .codeShape: refusal("验证码是 6 位数字", "请照短信里的数字填写")
        case .codeWrong: refusal("验证码不对", "请核对短信里的 6 位数字")
        case .codeExpired: refusal("验证码已过期", "请重新获取验证码")
        case .codeUsed: refusal("这个验证码已经用过", "每个验证码只能用一次，请重新获取")
        case .codeReplaced: refusal("已经发过更新的验证码", "请填写最新一条短信里的数字")
        case .locked: refusal("验证码输错次数太多，已作废", "请重新获取验证码")
        case .tooSoon: refusal("验证码刚刚发过", "请等一分钟再重新获取", .tooMany)
        case .phoneLimit: refusal("这个手机号获取验证码的次数太多", "请一小时后再试", .tooMany)
        case .clientLimit: refusal("获取验证码太频繁", "请过一会儿再试", .tooMany)
        case .notStaff: refusal("这个手机号还没有登记为工作人员", "请联系管理员登记后再登录", .forbidden)
        }
    }

    private func refusal(_ title: String, _ hint: String, _ status: Problem.Status = .unprocessable) -> Problem {
        Problem(status, code: rawValue, title: title, hint: hint)
    }
}
