import CanonicalJSON
import ChineseIdentifiers

/// What a client asks of the sandbox, as `SendSms` has it.
struct SandboxRequest: Sendable {
    let phones: [MobileNumber]
    let appID: String
    let sign: String
    let template: String
    let parameters: [String]

    init?(_ body: [UInt8]) {
        guard let json = try? JSONValue(parsing: body), let phones = json["PhoneNumberSet"]?.array,
            let appID = json["SmsSdkAppId"]?.string, let sign = json["SignName"]?.string,
            let template = json["TemplateId"]?.string
        else { return nil }
        self.phones = phones.compactMap { $0.string.flatMap { try? MobileNumber($0) } }
        guard self.phones.count == phones.count else { return nil }
        self.appID = appID
        self.sign = sign
        self.template = template
        parameters = json["TemplateParamSet"]?.array?.compactMap(\.string) ?? []
    }

    /// The template's words with the parameters in their places.
    func text(of kind: ShortMessage.Kind) -> String {
        var text = kind.text
        for (position, parameter) in parameters.enumerated() {
            text = text.replacing("{\(position + 1)}", with: parameter)
        }
        return text
    }
}

/// Phone numbers for which the sandbox plays an outcome, by their last four digits.
enum MagicNumber: String, Sendable {
    case ok = ""
    case dailyLimit = "0001"
    case blacklist = "0002"
    case vendorTimeout = "0003"
    case outage = "0004"

    init(phone: MobileNumber) { self = MagicNumber(rawValue: String(phone.plain.suffix(4))) ?? .ok }

    var code: String {
        switch self {
        case .ok: "Ok"
        case .dailyLimit: "LimitExceeded.PhoneNumberDailyLimit"
        case .blacklist: "FailedOperation.PhoneNumberInBlacklist"
        case .vendorTimeout, .outage: "InternalError.Timeout"
        }
    }
}
