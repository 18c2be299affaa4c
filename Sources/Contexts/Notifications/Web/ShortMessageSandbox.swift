import CanonicalJSON
import ChineseIdentifiers
package import Hummingbird
package import Kernel
package import Logging
import NIOCore
import Synchronization

/// Stands in for Tencent Cloud SMS on this machine: the same wire format, signatures really verified, and nobody's
/// phone rings. What was sent is kept in memory for the demo's message page.
package final class ShortMessageSandbox: Sendable {
    /// A message that would have been sent.
    package struct Received: Sendable, Equatable {
        package let at: Instant
        /// Masked, such as `138****2468`.
        package let phone: String
        /// The whole text, with the signature in front.
        package let text: String
    }

    private let settings: ShortMessageSettings
    private let clock: any WallClock
    private let received = Mutex<[Received]>([])

    private static let most = 200

    /// - Parameter settings: the client's: the sandbox knows the same secret and templates.
    package init(settings: ShortMessageSettings, clock: any WallClock) {
        self.settings = settings
        self.clock = clock
    }

    /// The messages, newest first; at most the last 200.
    package func messages() -> [Received] { received.withLock { $0.reversed() } }

    /// The server, on a port that only this machine reaches.
    package func application(port: Int, logger: Logger) -> some ApplicationProtocol {
        let router = Router(context: BasicRequestContext.self)
        addRoutes(to: router)
        return Hummingbird.Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
    }

    package func addRoutes(to router: some RouterMethods<BasicRequestContext>) {
        router.post("/") { [self] request, _ -> Response in
            let body = Array(try await request.body.collect(upTo: 64 * 1_024).readableBytesView)
            let verifier = SandboxVerifier(settings: settings, clock: clock)
            if let code = verifier.fault(in: request, body: body) { return .answer(error: code) }
            guard let sent = SandboxRequest(body) else { return .answer(error: "InvalidParameter") }
            return answer(sent)
        }
    }

    private func answer(_ sent: SandboxRequest) -> Response {
        if sent.phones.isEmpty { return .answer(error: "InvalidParameterValue.IncorrectPhoneNumber") }
        guard sent.appID == settings.appID else { return .answer(error: "InvalidParameterValue.SdkAppIdNotExist") }
        guard let kind = settings.templates.first(where: { $0.value == sent.template })?.key, sent.sign == settings.sign
        else { return .answer(error: "FailedOperation.TemplateIncorrectOrUnapproved") }
        let outcomes = sent.phones.map(MagicNumber.init(phone:))
        if outcomes.contains(.outage) { return Response(status: .serviceUnavailable) }
        for (phone, outcome) in zip(sent.phones, outcomes) where outcome == .ok {
            keep(Received(at: clock.now, phone: phone.masked, text: "【\(sent.sign)】" + sent.text(of: kind)))
        }
        return .answer(zip(sent.phones, outcomes).map { .status(phone: $0.plain, $1) })
    }

    private func keep(_ message: Received) {
        received.withLock { received in
            received.append(message)
            received.removeFirst(max(0, received.count - Self.most))
        }
    }
}

extension Response {
    fileprivate static func answer(error code: String) -> Response {
        answer(["Error": ["Code": .string(code), "Message": "sandbox"]])
    }

    fileprivate static func answer(_ statuses: [JSONValue]) -> Response {
        answer(["SendStatusSet": .array(statuses)])
    }

    private static func answer(_ members: JSONValue) -> Response {
        var members = members
        members["RequestId"] = .string("sandbox-" + ID<Response>.new(at: SystemClock().now).text)
        let document: JSONValue = ["Response": members]
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document.canonicalBytes)))
    }
}

extension JSONValue {
    fileprivate static func status(phone: String, _ outcome: MagicNumber) -> JSONValue {
        [
            "SerialNo": .string(outcome == .ok ? "sandbox:1" : ""), "PhoneNumber": .string("+86" + phone),
            "Fee": .number(JSONNumber(outcome == .ok ? 1 : 0)), "Code": .string(outcome.code), "Message": "sandbox",
        ]
    }
}
