import AsyncHTTPClient
import ChineseIdentifiers
import Kernel
import Notifications
import Sealing

extension Settings.ShortMessageKeys {
    /// The keys that are not set and without which no message can be sent.
    var missing: [String] {
        var names: [String] = []
        if secretID.isEmpty { names.append("RUZHU_SMS_SECRET_ID") }
        if secretKey.reveal().isEmpty { names.append("RUZHU_SMS_SECRET_KEY") }
        if appID.isEmpty { names.append("RUZHU_SMS_APP_ID") }
        if sign.isEmpty { names.append("RUZHU_SMS_SIGN") }
        if templates.values.contains(where: \.isEmpty) { names.append("RUZHU_SMS_TEMPLATE_*") }
        return names
    }

    func account() throws -> ShortMessageSettings {
        try ShortMessageSettings(
            endpoint: endpoint, region: region, secretID: secretID, secretKey: secretKey, appID: appID, sign: sign,
            templates: templates)
    }
}

extension TencentShortMessages {
    /// A client with the process's shared connections; they need no closing.
    init(_ settings: ShortMessageSettings, clock: any WallClock) {
        self.init(settings: settings, client: .shared, clock: clock)
    }
}

/// Sends nothing: for commands that only look at the data.
struct NoShortMessages: ShortMessageSender {
    func send(_ message: ShortMessage, to phone: MobileNumber) async throws(ShortMessageFault) { throw .resting }

    func check() async -> ShortMessageCheck { ShortMessageCheck(isWorking: false, sentence: "这个命令不发短信") }
}
