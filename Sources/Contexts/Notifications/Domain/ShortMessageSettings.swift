import Foundation
package import Sealing

/// How to reach Tencent Cloud SMS, and what was registered there.
package struct ShortMessageSettings: Sendable {
    /// `https://sms.tencentcloudapi.com`, or a sandbox on this machine.
    let endpoint: URL
    /// The endpoint's host with its port if that is not the usual one, as the Host header has it.
    let host: String
    /// Such as `ap-guangzhou`.
    let region: String
    let secretID: String
    let secretKey: Secret<String>
    /// SmsSdkAppId, such as `1400006666`.
    let appID: String
    /// The approved signature (SignName), without brackets.
    let sign: String
    /// The approved template's id for each kind of message.
    let templates: [ShortMessage.Kind: String]

    /// What is wrong with the configuration.
    package enum Fault: Error, Sendable, Equatable {
        case badEndpoint
        /// Anything but this machine is reached over HTTPS only.
        case insecureEndpoint
        case templateMissing(ShortMessage.Kind)
    }

    package init(
        endpoint: String = "https://sms.tencentcloudapi.com", region: String = "ap-guangzhou", secretID: String,
        secretKey: Secret<String>, appID: String, sign: String, templates: [ShortMessage.Kind: String]
    ) throws(Fault) {
        guard let url = URL(string: endpoint), let host = url.host(), ["http", "https"].contains(url.scheme) else {
            throw .badEndpoint
        }
        self.endpoint = url
        self.host = url.port.map { "\(host):\($0)" } ?? host
        self.region = region
        self.secretID = secretID
        self.secretKey = secretKey
        self.appID = appID
        self.sign = sign
        self.templates = templates
        guard url.scheme == "https" || isSandbox else { throw .insecureEndpoint }
        for kind in ShortMessage.Kind.allCases where (templates[kind] ?? "").isEmpty { throw .templateMissing(kind) }
    }

    /// Whether messages go to a sandbox on this machine, and so to nobody: outside of the demo that is a mistake.
    package var isSandbox: Bool { ["127.0.0.1", "localhost", "::1", "[::1]"].contains(endpoint.host() ?? "") }
}
