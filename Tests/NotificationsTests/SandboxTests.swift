import AsyncHTTPClient
import ChineseIdentifiers
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import Sealing
import Testing

@testable import Notifications

@Suite("Tencent Cloud SMS against its sandbox")
struct SandboxTests {
    let clock = ManualClock()

    /// The port of the discard service, where nobody listens nowadays.
    static let closedPort = 9

    static let templates: [ShortMessage.Kind: String] = [
        .signInCode: "1001", .changesRequested: "1002", .rejected: "1003", .shopOpened: "1004",
        .turnoverNear: "1005", .turnoverReached: "1006",
    ]

    private static func settings(port: Int, key: String = "sandbox-key", id: String = "sandbox-id") throws
        -> ShortMessageSettings
    {
        try ShortMessageSettings(
            endpoint: "http://127.0.0.1:\(port)", secretID: id, secretKey: Secret(key), appID: "1400006666",
            sign: "商家入驻",
            templates: templates)
    }

    /// Runs the sandbox on a port of its own, and `body` with a maker of clients for it.
    private func run(
        _ body: @escaping @Sendable (ShortMessageSandbox, any TestClientProtocol, Int) async throws -> Void
    ) async throws {
        let sandbox = ShortMessageSandbox(settings: try Self.settings(port: 1), clock: clock)
        try await sandbox.application(port: 0, logger: .silent).test(.live) { client in
            try await body(sandbox, client, try #require(client.port))
        }
    }

    private func client(_ port: Int, key: String = "sandbox-key", id: String = "sandbox-id") throws
        -> TencentShortMessages
    {
        TencentShortMessages(
            settings: try Self.settings(port: port, key: key, id: id), client: .shared, clock: clock,
            timeout: port == Self.closedPort ? .milliseconds(50) : .seconds(30))
    }

    @Test("A message arrives with its words, under a masked number")
    func arrives() async throws {
        try await run { sandbox, _, port in
            let sender = try client(port)
            try await sender.send(.signInCode(Secret("305817"), minutes: 5), to: .example)
            clock.advance(by: .seconds(1))
            try await sender.send(.shopOpened(link: "https://ruzhu.example.cn/applications/a1"), to: .example)
            let messages = sandbox.messages()
            let newest: Instant = .example + .seconds(1)
            #expect(messages.map(\.at) == [newest, .example])
            #expect(messages.allSatisfy { $0.phone == "138****2468" })
            let texts = messages.map(\.text)
            #expect(texts.first == "【商家入驻】您的店铺已开通，欢迎点开查看：https://ruzhu.example.cn/applications/a1")
            #expect(texts.last == "【商家入驻】验证码 305817，5 分钟内有效。请不要告诉别人。")
        }
    }

    @Test(
        "Numbers that the sandbox knows play the network's refusals",
        arguments: [
            ("0001", ShortMessageFault.declined(code: "LimitExceeded.PhoneNumberDailyLimit")),
            ("0002", .refusedForGood(code: "FailedOperation.PhoneNumberInBlacklist")),
            ("0003", .declined(code: "InternalError.Timeout")), ("0004", .unreachable),
        ])
    func magicNumbers(ending: String, fault: ShortMessageFault) async throws {
        try await run { sandbox, _, port in
            await #expect(throws: fault) {
                try await client(port).send(.rejected(link: "x"), to: MobileNumber("1380013" + ending))
            }
            #expect(sandbox.messages().isEmpty)
        }
    }

    @Test("A wrong key, an unknown key and a clock that is off are refused")
    func authentication() async throws {
        try await run { sandbox, _, port in
            await #expect(throws: ShortMessageFault.declined(code: "AuthFailure.SignatureFailure")) {
                try await client(port, key: "another-key").send(.rejected(link: "x"), to: .example)
            }
            await #expect(throws: ShortMessageFault.declined(code: "AuthFailure.SecretIdNotFound")) {
                try await client(port, id: "another-id").send(.rejected(link: "x"), to: .example)
            }
            let late = ManualClock(.example - .seconds(301))
            let sender = TencentShortMessages(settings: try Self.settings(port: port), client: .shared, clock: late)
            await #expect(throws: ShortMessageFault.declined(code: "AuthFailure.SignatureExpire")) {
                try await sender.send(.rejected(link: "x"), to: .example)
            }
            #expect(sandbox.messages().isEmpty)
        }
    }

    @Test("A body that was changed on its way is refused", arguments: [false, true])
    func tampered(isTampered: Bool) async throws {
        try await run { sandbox, client, _ in
            let body = #"""
                {"PhoneNumberSet":["+8613800132468"],"SignName":"商家入驻","SmsSdkAppId":"1400006666","TemplateId":"1001","TemplateParamSet":["123456","5"]}
                """#
            let second = clock.now.milliseconds / 1_000
            let covered = [(name: "content-type", value: "application/json"), (name: "host", value: "localhost")]
            let signer = TC3Signature(secretID: "sandbox-id", secretKey: Secret("sandbox-key"), service: "sms")
            let authorization = signer.authorization(headers: covered, body: Array(body.utf8), at: second)
            let sent = isTampered ? body.replacing("123456", with: "654321") : body
            try await client.execute(
                uri: "/", method: .post,
                headers: [
                    .contentType: "application/json", .authorization: authorization,
                    .init("X-TC-Action")!: "SendSms", .init("X-TC-Version")!: "2021-01-11",
                    .init("X-TC-Timestamp")!: String(second),
                ],
                body: ByteBuffer(string: sent)
            ) { response in
                let text = String(buffer: response.body)
                #expect(text.contains("AuthFailure.SignatureFailure") == isTampered)
                #expect(text.contains("\"Code\":\"Ok\"") != isTampered)
            }
            #expect(sandbox.messages().count == (isTampered ? 0 : 1))
        }
    }

    @Test("The sandbox keeps the last two hundred messages")
    func keeps() async throws {
        try await run { sandbox, _, port in
            let sender = try client(port)
            for number in 0..<203 { try await sender.send(.rejected(link: "\(number)"), to: .example) }
            let messages = sandbox.messages()
            #expect(messages.count == 200)
            #expect(messages.first?.text.hasSuffix("：202") == true)
            #expect(messages.last?.text.hasSuffix("：3") == true)
        }
    }

    @Test("The doctor hears that all is well, that the key is wrong, or that nobody answers")
    func check() async throws {
        try await run { sandbox, _, port in
            #expect(try await client(port).check().isWorking)
            let wrongKey = try await client(port, key: "another-key").check()
            #expect(!wrongKey.isWorking)
            #expect(wrongKey.sentence.contains("请检查 SecretId 和 SecretKey"))
            #expect(sandbox.messages().isEmpty)
        }
        let silent = try await client(Self.closedPort).check()
        #expect(!silent.isWorking)
        #expect(silent.sentence.contains("没有应答"))
    }

    @Test("A network that does not answer is left alone for a while")
    func breaker() async throws {
        let sender = try client(Self.closedPort)
        for _ in 0..<5 {
            await #expect(throws: ShortMessageFault.unreachable) {
                try await sender.send(.rejected(link: ""), to: .example)
            }
        }
        await #expect(throws: ShortMessageFault.resting) { try await sender.send(.rejected(link: ""), to: .example) }
        clock.advance(by: .seconds(30))
        await #expect(throws: ShortMessageFault.unreachable) {
            try await sender.send(.rejected(link: ""), to: .example)
        }
        await #expect(throws: ShortMessageFault.resting) { try await sender.send(.rejected(link: ""), to: .example) }
    }

    @Test("An answer ends the silence")
    func breakerRecovers() {
        let breaker = Breaker(patience: 2, rest: .seconds(30))
        breaker.noteSilence(at: .example)
        breaker.noteAnswer()
        breaker.noteSilence(at: .example)
        #expect(breaker.admit(at: .example))
        breaker.noteSilence(at: .example)
        #expect(!breaker.admit(at: .example + .seconds(29)))
        #expect(breaker.admit(at: .example + .seconds(30)))
        #expect(!breaker.admit(at: .example + .seconds(31)))
        breaker.noteAnswer()
        #expect(breaker.admit(at: .example + .seconds(31)))
    }

    @Test(
        "The configuration is checked before it is used",
        arguments: [
            ("https://sms.tencentcloudapi.com", nil), ("http://127.0.0.1:8091", nil), ("http://localhost:1", nil),
            ("http://sms.tencentcloudapi.com", .insecureEndpoint), ("http://10.0.0.1", .insecureEndpoint),
            ("ftp://x", .badEndpoint), ("", .badEndpoint), ("sms.tencentcloudapi.com", .badEndpoint),
        ] as [(String, ShortMessageSettings.Fault?)])
    func settings(endpoint: String, fault: ShortMessageSettings.Fault?) {
        var found: ShortMessageSettings.Fault?
        do {
            let settings = try ShortMessageSettings(
                endpoint: endpoint, secretID: "i", secretKey: Secret("k"), appID: "1", sign: "s",
                templates: Self.templates)
            #expect(settings.isSandbox == endpoint.hasPrefix("http:"))
        } catch {
            found = error
        }
        #expect(found == fault)
    }

    @Test("A template that is not configured is named", arguments: ShortMessage.Kind.allCases)
    func missingTemplate(kind: ShortMessage.Kind) {
        #expect(throws: ShortMessageSettings.Fault.templateMissing(kind)) {
            try ShortMessageSettings(
                secretID: "i", secretKey: Secret("k"), appID: "1", sign: "s",
                templates: Self.templates.filter { $0.key != kind })
        }
    }
}
