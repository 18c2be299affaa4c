import CanonicalJSON
import ChineseIdentifiers
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Sealing
import Synchronization
import Testing
import Web

@testable import Accounts

@Suite("Page models")
struct PageModelTests {
    @Test("Each model has the fields of its template's example, no more and no fewer")
    func fields() async throws {
        let house = try await House()
        let frame = try await frame(in: house)
        let form = SignInForm(next: .applications)
        let challenge = Challenge(
            id: .new(at: .example), door: .applicant, phoneIndex: [], codeDigest: [], consentVersion: nil,
            createdAt: .example, expiresAt: .example + .seconds(300))
        let models: [(String, Any)] = [
            ("sign-in", SignInPage(form, door: .applicant, frame: frame, consentVersion: "2026-01")),
            ("sign-in.errors", SignInPage(form, door: .applicant, frame: frame, consentVersion: "2026-01")),
            ("staff-sign-in", SignInPage(form, door: .staff, frame: frame, consentVersion: "2026-01")),
            (
                "sign-in-code",
                SignInCodePage(
                    challenge, phone: Secret(.example), next: .applications, findings: [], frame: frame,
                    limits: .standard, at: .example)
            ),
            (
                "consent",
                ConsentPage(
                    page: frame, text: ConsentText(version: "1", effective: "今天", heading: "同意书", sections: []))
            ),
        ]
        for (name, model) in models {
            let file = Accounts.templates.appending(path: name + ".example.json")
            let example = try JSONValue(parsing: Array(Data(contentsOf: file)))
            let expected = Set(try #require(example.object).keys)
            let actual = Set(Mirror(reflecting: model).children.compactMap(\.label))
            #expect(actual == expected, "\(name)")
        }
    }

    @Test(
        "The countdown to the next code runs with the clock", arguments: [(0, "60"), (59, "1"), (60, "0"), (200, "0")])
    func countdown(second: Int, shown: String) async throws {
        let house = try await House()
        let challenge = Challenge(
            id: .new(at: .example), door: .staff, phoneIndex: [], codeDigest: [], consentVersion: nil,
            createdAt: .example, expiresAt: .example + .seconds(300))
        let page = SignInCodePage(
            challenge, phone: Secret(.example), next: .staff, findings: [], frame: try await frame(in: house),
            limits: .standard, at: .example + .seconds(second))
        #expect(page.resendSeconds == shown)
        #expect(page.backHref == "/staff/sign-in?next=/staff")
    }

    /// A frame as routes get it; frames are made from requests only.
    private func frame(in house: House) async throws -> PageFrame {
        let made = Mutex<PageFrame?>(nil)
        let router = Router(context: WebContext.self)
        router.get("/") { [pages = house.pages] _, context -> String in
            made.withLock { $0 = pages.frame("标题", in: context) }
            return ""
        }
        try await Hummingbird.Application(router: router).test(.router) { client in
            try await client.execute(uri: "/", method: .get) { _ in }
        }
        return try #require(made.withLock { $0 })
    }
}
