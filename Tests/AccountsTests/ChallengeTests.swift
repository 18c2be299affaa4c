import Foundation
import Kernel
import Testing

@testable import Accounts

@Suite("A challenge")
struct ChallengeTests {
    static let right = [UInt8](repeating: 1, count: 32)
    static let wrong = [UInt8](repeating: 2, count: 32)

    private func challenge(_ state: Challenge.State = .waiting(wrongTries: 0)) -> Challenge {
        Challenge(
            id: .new(at: .example), door: .applicant, phoneIndex: [], codeDigest: Self.right, consentVersion: "2026-01",
            createdAt: .example, expiresAt: .example + .seconds(300), state: state)
    }

    @Test(
        "It hears answers by its state",
        arguments: [
            (Challenge.State.waiting(wrongTries: 0), true, Challenge.Outcome.proved, "used"),
            (.waiting(wrongTries: 4), true, .proved, "used"),
            (.waiting(wrongTries: 0), false, .wrong(triesLeft: 4), "waiting"),
            (.waiting(wrongTries: 3), false, .wrong(triesLeft: 1), "waiting"),
            (.waiting(wrongTries: 4), false, .refused(.locked), "locked"),
            (.ended(.used, at: .example), true, .refused(.codeUsed), "used"),
            (.ended(.locked, at: .example), true, .refused(.locked), "locked"),
            (.ended(.expired, at: .example), true, .refused(.codeExpired), "expired"),
            (.ended(.replaced, at: .example), true, .refused(.codeReplaced), "replaced"),
        ])
    func states(from: Challenge.State, isRight: Bool, outcome: Challenge.Outcome, to: String) {
        var challenge = challenge(from)
        let heard = challenge.answer(digest: isRight ? Self.right : Self.wrong, allowing: 5, at: .example)
        #expect(heard == outcome)
        switch challenge.state {
        case .waiting: #expect(to == "waiting")
        case .ended(let ending, _): #expect(to == ending.rawValue)
        }
    }

    @Test("Once ended it stays as it ended", arguments: Challenge.Ending.allCases)
    func ended(ending: Challenge.Ending) {
        var challenge = challenge(.ended(ending, at: .example))
        challenge.end(.replaced, at: .example + .seconds(1))
        #expect(challenge.state == .ended(ending, at: .example))
        #expect(!challenge.isOpen(at: .example))
    }

    @Test(
        "A code is read as people type it",
        arguments: [
            ("012345", "012345"), (" 01 23 45 ", "012345"), ("０１２３４５", "012345"), ("12345", nil),
            ("1234567", nil), ("12345a", nil), ("", nil), ("١٢٣٤٥٦", nil),
        ] as [(String, String?)])
    func typed(text: String, digits: String?) {
        #expect(OneTimeCode(typed: text)?.digits == digits)
    }

    @Test("A code has six digits and never prints")
    func code() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let code = OneTimeCode.random(using: &generator)
            #expect(code.digits.utf8.count == 6)
            #expect(!"\(code) \(String(reflecting: code))".contains(code.digits))
        }
    }

    @Test("A folder of consent texts shows the newest, and is refused when a name is wrong or nothing is in it")
    func consentTexts() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "consents-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: ConsentTexts.Unreadable.self) { try ConsentTexts(folder: folder) }
        for version in ["2026-01", "2027-03", "2026-12"] { try write(version, as: version, in: folder) }
        let texts = try ConsentTexts(folder: folder)
        #expect(texts.current.version == "2027-03")
        #expect(try texts.hash(of: "2026-12").utf8.count == 64)
        #expect(throws: ConsentTexts.Missing.self) { try texts.hash(of: "2020-01") }
        try write("2028-01", as: "2029-01", in: folder)
        #expect(throws: ConsentTexts.Unreadable.self) { try ConsentTexts(folder: folder) }
    }

    private func write(_ version: String, as name: String, in folder: URL) throws {
        let text = ConsentText(version: version, effective: "今天", heading: "同意书", sections: [])
        try JSONEncoder().encode(text).write(to: folder.appending(path: name + ".json"))
    }
}
