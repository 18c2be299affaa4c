package import AsyncHTTPClient
import CanonicalJSON
package import ChineseIdentifiers
import Foundation
package import Kernel
import NIOCore
import NIOHTTP1

/// Sends messages through Tencent Cloud SMS: `SendSms`, version 2021-01-11
/// (https://cloud.tencent.com/document/api/382/55981).
package struct TencentShortMessages: ShortMessageSender {
    private let settings: ShortMessageSettings
    private let client: HTTPClient
    private let clock: any WallClock
    private let timeout: Duration
    private let breaker = Breaker()

    private static let contentType = "application/json; charset=utf-8"

    /// - Parameter timeout: how long one call may take, connecting included.
    package init(
        settings: ShortMessageSettings, client: HTTPClient, clock: any WallClock, timeout: Duration = .seconds(8)
    ) {
        self.settings = settings
        self.client = client
        self.clock = clock
        self.timeout = timeout
    }

    package func send(_ message: ShortMessage, to phone: MobileNumber) async throws(ShortMessageFault) {
        let response = try await call(body(of: message, to: ["+86" + phone.plain]))
        if let code = response["Error"]?["Code"]?.string { throw fault(code) }
        guard let code = response["SendStatusSet"]?[0]?["Code"]?.string else { throw .unreachable }
        guard code == "Ok" else { throw fault(code) }
    }

    /// Signs a message to nobody: a network that is well refuses it for want of a phone number, not for its signature.
    package func check() async -> ShortMessageCheck {
        do throws(ShortMessageFault) {
            let response = try await call(body(of: .shopOpened(link: ""), to: []))
            let code = response["Error"]?["Code"]?.string ?? ""
            guard !code.hasPrefix("AuthFailure"), !code.hasPrefix("UnauthorizedOperation") else {
                return .init(isWorking: false, sentence: "短信服务拒绝了密钥（\(code)）：请检查 SecretId 和 SecretKey 以及本机时间。")
            }
            return .init(isWorking: true, sentence: "短信服务正常：\(settings.host) 有应答，密钥有效。")
        } catch {
            return .init(
                isWorking: false, sentence: "短信服务不通：\(settings.host) 没有应答。验证码和通知会保留，恢复后自动补发。")
        }
    }

    private func body(of message: ShortMessage, to phones: [String]) -> [UInt8] {
        let request: JSONValue = [
            "PhoneNumberSet": .array(phones.map { .string($0) }),
            "SmsSdkAppId": .string(settings.appID),
            "SignName": .string(settings.sign),
            "TemplateId": .string(settings.templates[message.kind] ?? ""),
            "TemplateParamSet": .array(message.parameters.map { .string($0) }),
        ]
        return request.canonicalBytes
    }

    /// Calls the API. Returns what stands under `Response`.
    private func call(_ body: [UInt8]) async throws(ShortMessageFault) -> JSONValue {
        guard breaker.admit(at: clock.now) else { throw .resting }
        do {
            let response = try await client.execute(signed(body), timeout: TimeAmount(timeout))
            let bytes = try await response.body.collect(upTo: 256 * 1_024)
            guard response.status == .ok,
                let answer = try JSONValue(parsing: Array(bytes.readableBytesView))["Response"]
            else { throw ShortMessageFault.unreachable }
            breaker.noteAnswer()
            return answer
        } catch {
            breaker.noteSilence(at: clock.now)
            throw .unreachable
        }
    }

    private func signed(_ body: [UInt8]) -> HTTPClientRequest {
        let second = clock.now.milliseconds / 1_000
        let signer = TC3Signature(secretID: settings.secretID, secretKey: settings.secretKey, service: "sms")
        let covered = [
            (name: "content-type", value: Self.contentType), (name: "host", value: settings.host),
            (name: "x-tc-action", value: "SendSms"),
        ]
        var request = HTTPClientRequest(url: settings.endpoint.absoluteString)
        request.method = .POST
        request.headers = [
            "Host": settings.host, "Content-Type": Self.contentType, "X-TC-Action": "SendSms",
            "X-TC-Version": "2021-01-11", "X-TC-Region": settings.region, "X-TC-Timestamp": String(second),
            "Authorization": signer.authorization(headers: covered, body: body, at: second),
        ]
        request.body = .bytes(body)
        return request
    }

    /// Only what is said of the number itself is for good; all else an operator or time can mend.
    private func fault(_ code: String) -> ShortMessageFault {
        let forGood: Set = ["InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberInBlacklist"]
        return forGood.contains(code) ? .refusedForGood(code: code) : .declined(code: code)
    }
}
