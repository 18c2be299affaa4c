import Kernel
import Sealing
import Testing

@testable import Stores

@Suite("The rules of webhooks")
struct WebhookRulesTests {
    /// The example of the reference implementations (https://github.com/standard-webhooks/standard-webhooks).
    @Test("A signature is the one that Standard Webhooks' own example has")
    func vector() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", second: 1_614_265_330, body: #"{"test": 2432232314}"#)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("Several secrets sign side by side, and a new one reads back as it was shown")
    func several() throws {
        let secrets = [WebhookSecret.random(), .random()]
        let words = secrets.signatures(id: "msg_1", second: 1, body: "{}").split(separator: " ").map(String.init)
        #expect(words == secrets.map { $0.signature(id: "msg_1", second: 1, body: "{}") })
        #expect(Set(words).count == 2)
        let again = try #require(WebhookSecret(secrets[0].text.reveal()))
        #expect(again.signature(id: "msg_1", second: 1, body: "{}") == words[0])
        #expect("\(secrets[0].text)" == "‹secret›")
    }

    @Test("There are at least 12 tries over at least 72 hours, each pause at least as long as the one before")
    func retries() {
        for chance in [0.0, 0.5, 1.0] {
            var (number, total, last) = (1, Duration.zero, Duration.zero)
            while let pause = WebhookRetries.pause(after: number, chance: chance) {
                #expect(pause >= last)
                (number, total, last) = (number + 1, total + pause, pause)
            }
            #expect(number == WebhookRetries.most && number >= 12)
            #expect(total >= .seconds(72 * 3_600) && total <= .seconds(90 * 3_600))
        }
        #expect(WebhookRetries.pause(after: 3, chance: 0) != WebhookRetries.pause(after: 3, chance: 1))
    }

    @Test(
        "Addresses that are not of the public internet are known",
        arguments: [
            ("8.8.8.8", true), ("114.114.114.114", true), ("223.5.5.5", true), ("172.32.0.1", true),
            ("100.128.0.1", true), ("0.0.0.0", false), ("10.1.2.3", false), ("100.64.0.1", false),
            ("127.0.0.1", false), ("127.255.255.254", false), ("169.254.169.254", false), ("172.16.0.1", false),
            ("172.31.255.255", false), ("192.168.1.1", false), ("192.0.0.8", false), ("198.19.0.1", false),
            ("203.0.113.9", false), ("224.0.0.1", false), ("255.255.255.255", false),
        ])
    func publicIPv4(text: String, isPublic: Bool) throws {
        #expect(try #require(NetworkAddress(ipv4: text)).isPublic == isPublic)
    }

    @Test(
        "So are those of version 6, also where another address is inside",
        arguments: [
            ("2400:3200::1", true), ("2606:4700:4700::1111", true), ("::1", false), ("::", false),
            ("::ffff:7f00:1", false), ("fe80::1", false), ("fc00::1", false), ("fd12:3456::1", false),
            ("2001:db8::1", false), ("2001::1", false), ("2002:7f00:1::", false), ("64:ff9b::7f00:1", false),
            ("ff02::1", false), ("3fff::1", false), ("100::1", false),
        ])
    func publicIPv6(text: String, isPublic: Bool) throws {
        #expect(try #require(NetworkAddress(ipv6: text)).isPublic == isPublic)
    }

    @Test(
        "An endpoint's address is a public https address",
        arguments: [
            ("https://mall.example.cn/hooks", nil), ("https://mall.example.cn:8443/hooks?a=1", nil),
            ("https://8.8.8.8/", nil), ("https://[2400:3200::1]/x", nil), ("https://xn--fiq228c.example.cn", nil),
            ("http://mall.example.cn/", .insecure), ("https://127.0.0.1/", .notPublic),
            ("https://localhost/", .notPublic), ("https://a.localhost/", .notPublic),
            ("https://[::1]/", .notPublic), ("https://[::ffff:7f00:1]/", .notPublic),
            ("https://169.254.169.254/latest/meta-data", .notPublic), ("https://2130706433/", .unreadable),
            ("https://127.1/", .unreadable), ("https://0x7f.0.0.1/", .unreadable), ("https://0177.0.0.1/", .unreadable),
            ("https://商城.example.cn/", .unreadable), ("https://user@mall.example.cn/", .unreadable),
            ("https://mall.example.cn/#x", .unreadable), ("https://mall.example.cn:0/", .unreadable),
            ("https://mall.example.cn:99999/", .unreadable), ("ftp://mall.example.cn/", .unreadable),
            ("https://mall..example.cn/", .unreadable), ("https://-mall.example.cn/", .unreadable),
            ("https://mall.example.cn\\@127.0.0.1/", .unreadable), ("https://mall.example.cn/ x", .unreadable),
            ("https:///x", .unreadable), ("", .unreadable),
        ] as [(String, WebhookAddress.Fault?)])
    func addresses(text: String, fault: WebhookAddress.Fault?) {
        var found: WebhookAddress.Fault?
        do throws(WebhookAddress.Fault) { _ = try WebhookAddress(text, allowing: AllowedHosts([])) } catch {
            found = error
        }
        #expect(found == fault)
    }

    @Test("A host that the machine's owner names may be private and without TLS, on the port that is named")
    func named() throws {
        let allowed = AllowedHosts(["mall.internal", "127.0.0.1:9000"])
        #expect(try WebhookAddress("http://mall.internal:81/x", allowing: allowed).host == "mall.internal")
        #expect(try WebhookAddress("http://127.0.0.1:9000/", allowing: allowed).port == 9000)
        #expect(throws: WebhookAddress.Fault.insecure) {
            try WebhookAddress("http://127.0.0.1:9001/", allowing: allowed)
        }
    }

    @Test("What is kept of an answer has no long numbers and no mail addresses, and is 1,024 bytes at most")
    func scrubbed() {
        let answer =
            #"{"phone":"13800132468","id":"33010619900101997X","to":"a.b@example.cn","tel":"138 0013 2468","code":7}"#
        let kept = WebhookOutcome(status: 200, answer: Array(answer.utf8)).answer
        #expect(!kept.contains("13800132468") && !kept.contains("33010619900101997") && !kept.contains("a.b@"))
        #expect(!kept.contains("0013 2468") && kept.contains(#""code":7"#))
        #expect(WebhookOutcome(status: 200, answer: Array(repeating: 0x61, count: 5_000)).answer.utf8.count == 1_024)
        #expect(WebhookOutcome(status: 200, answer: [0x61, 0, 0x1B, 0x62]).answer == "ab")
    }

    @Test(
        "Any 2xx is a success, and nothing else is",
        arguments: [
            (200, nil), (204, nil), (299, nil), (301, .redirected), (308, .redirected), (400, .refused),
            (410, .gone), (429, .refused), (500, .refused),
        ] as [(Int, WebhookOutcome.Fault?)])
    func statuses(status: Int, fault: WebhookOutcome.Fault?) {
        #expect(WebhookOutcome(status: status, answer: []).fault == fault)
    }

    private static func endpoint() -> WebhookEndpoint {
        WebhookEndpoint(
            id: .new(at: .example), address: "https://mall.example.cn/", description: "商城", events: [.shopOpened],
            createdAt: .example)
    }

    @Test("An endpoint is switched off after five days without a success, once a message used up its tries")
    func wornOut() {
        var endpoint = Self.endpoint()
        endpoint.noteFailure(.triedAgainLater, at: .example)
        endpoint.noteFailure(.triedAgainLater, at: .example + .seconds(6 * 86_400))
        #expect(endpoint.isOn, "no message used up its tries")
        endpoint.noteFailure(.gaveUp, at: .example + .seconds(6 * 86_400))
        #expect(endpoint.state == .off(.failing, since: .example + .seconds(6 * 86_400)))
        var other = Self.endpoint()
        other.noteFailure(.gaveUp, at: .example + .seconds(4 * 86_400))
        #expect(other.isOn)
        other.noteSuccess()
        let wentOff = other.switchOffIfWornOut(at: .example + .seconds(30 * 86_400))
        #expect(!wentOff && other.isOn, "a success forgives")
    }
}
