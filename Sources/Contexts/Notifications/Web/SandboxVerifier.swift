import HTTPTypes
import Hummingbird
import Kernel

/// Verifies a request's TC3 signature as Tencent Cloud does.
struct SandboxVerifier: Sendable {
    let settings: ShortMessageSettings
    let clock: any WallClock

    private static let tolerance: Int64 = 300

    /// The code of what is wrong; `nil` if the signature holds.
    func fault(in request: Request, body: [UInt8]) -> String? {
        guard header("x-tc-action", of: request) == "SendSms" else { return "InvalidAction" }
        guard header("x-tc-version", of: request) == "2021-01-11" else { return "NoSuchVersion" }
        guard let second = header("x-tc-timestamp", of: request).flatMap(Int64.init) else { return "MissingParameter" }
        guard abs(clock.now.milliseconds / 1_000 - second) <= Self.tolerance else {
            return "AuthFailure.SignatureExpire"
        }
        guard let sent = header("authorization", of: request), let names = part("SignedHeaders", of: sent) else {
            return "AuthFailure.InvalidAuthorization"
        }
        guard part("Credential", of: sent)?.hasPrefix(settings.secretID + "/") == true else {
            return "AuthFailure.SecretIdNotFound"
        }
        let covered = names.split(separator: ";").map { name in
            (name: String(name), value: header(String(name), of: request) ?? "")
        }
        guard Set(covered.map(\.name)).isSuperset(of: ["content-type", "host"]) else {
            return "AuthFailure.InvalidAuthorization"
        }
        let signer = TC3Signature(secretID: settings.secretID, secretKey: settings.secretKey, service: "sms")
        let expected = signer.signature(headers: covered, body: body, at: second)
        return part("Signature", of: sent) == expected ? nil : "AuthFailure.SignatureFailure"
    }

    private func header(_ name: String, of request: Request) -> String? {
        if name == "host" { return request.head.authority }
        return HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    /// `value` of `name=value` in the Authorization header.
    private func part(_ name: String, of authorization: String) -> String? {
        authorization.split(whereSeparator: { $0 == " " || $0 == "," }).first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}
