import Testing

@testable import ChineseIdentifiers

@Suite("Credit codes")
struct CreditCodeTests {
    @Test(
        "Valid codes are accepted with their registration kind",
        arguments: [
            ("91330106MA9TE5T04E", RegistrationKind.enterprise), ("91440300MA8DEM018J", .enterprise),
            ("91440300708461136T", .enterprise), ("92330106MA9T00018L", .individualBusiness),
            ("92110105MA9T00026B", .individualBusiness), ("93410100MA9T00034Y", .farmersCooperative),
            ("123300009990000134", .publicInstitution), ("51310000999000021M", .socialOrganization),
            ("5231000099900003XA", .privateNonEnterprise),
        ])
    func valid(text: String, kind: RegistrationKind) throws {
        let code = try CreditCode(text)
        #expect(code.plain == text)
        #expect(code.registrationKind == kind)
        #expect(code.warnings.isEmpty)
    }

    @Test(
        "Invalid codes are refused with a reason",
        arguments: [
            ("", CreditCode.Fault.length), ("91330106MA9TE5T04", .length), ("91330106MA9TE5T04EE", .length),
            ("9133O106MA9TE5T04E", .character(position: 5)), ("91330106MA9TE5I04E", .character(position: 15)),
            ("91330106MA9TE5T0商E", .character(position: 17)),
            ("9A330106MA9TE5T04E", .checkDigit(expected: "J", suspects: [])),
        ])
    func invalid(text: String, fault: CreditCode.Fault) {
        #expect(throws: fault) { try CreditCode(text) }
    }

    @Test("The negative example of GB 32100 fails and its correction passes")
    func standardExample() throws {
        // Z is no character of the alphabet; any other wrong last character names the right one.
        #expect(throws: CreditCode.Fault.character(position: 18)) { try CreditCode("91350100M000100Y4Z") }
        #expect {
            try CreditCode("91350100M000100Y4X")
        } throws: { error in
            (error as? CreditCode.Fault)?.message.contains("第 18 位校验码应为 3") == true
        }
        #expect(try CreditCode("91350100M000100Y43").warnings == [])
    }

    @Test(
        "Different ways of typing give the same code",
        arguments: [
            "91330106ma9te5t04e", " 9133 0106-MA9T E5T0 4E\n", "９１３３０１０６ＭＡ９ＴＥ５Ｔ０４Ｅ",
            "\u{FEFF}91330106MA9TE5T04E\u{200B}",
            "91330106—MA9TE5T04E\u{3000}",
        ])
    func normalised(text: String) throws {
        #expect(try CreditCode(text) == .example)
    }

    @Test("The parts are named")
    func parts() {
        let code = CreditCode.example
        #expect(code.divisionCode == "330106")
        #expect(code.organizationCode == "MA9TE5T04")
        #expect(code.masked == "9133**********T04E")
        #expect("\(code)" == "91330106MA9TE5T04E")
    }

    @Test("A wrong organisation check and an unknown prefix are only warnings")
    func warnings() throws {
        let wrongOrganization = withCheckCharacter("91330106MA9TE5T05")
        #expect(try CreditCode(wrongOrganization).warnings == [.organizationCheckDigit])
        let unknownPrefix = withCheckCharacter("79330106MA9TE5T04")
        #expect(try CreditCode(unknownPrefix).registrationKind == nil)
        #expect(try CreditCode(unknownPrefix).warnings == [.registrationKind])
    }

    @Test("A single misread lookalike is named among the suspects")
    func suspects() {
        #expect {
            try CreditCode("91330106MA9TE5TD4E")
        } throws: { error in
            guard let fault = error as? CreditCode.Fault, case .checkDigit(_, let suspects) = fault else {
                return false
            }
            return suspects.contains(16) && fault.hint.contains("16")
        }
    }

    @Test("Random codes are accepted and every single substitution is refused")
    func substitutions() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let division = random.bytes(count: 6, from: Array("0123456789".utf8))
            let body =
                random.bytes(count: 2, from: CreditCode.alphabet) + division
                + random.bytes(count: 9, from: CreditCode.alphabet)
            let text = withCheckCharacter(String(decoding: body, as: UTF8.self))
            #expect(try CreditCode(text).plain == text, "seed \(seed)")
            for index in 0..<18 {
                for replacement in CreditCode.alphabet {
                    var bytes = Array(text.utf8)
                    if bytes[index] == replacement { continue }
                    bytes[index] = replacement
                    #expect(throws: CreditCode.Fault.self, "seed \(seed)") {
                        try CreditCode(String(decoding: bytes, as: UTF8.self))
                    }
                }
            }
        }
    }

    /// The check character by the formula of GB 32100, written apart from the code under test.
    private func withCheckCharacter(_ body: String) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        let sum = zip(body, weights).reduce(0) { $0 + (alphabet.firstIndex(of: $1.0) ?? 0) * $1.1 }
        return body + String(alphabet[(31 - sum % 31) % 31])
    }
}
