import Testing

@testable import ChineseIdentifiers

@Suite("Personal data stays covered")
struct ConfidentialityTests {
    private static let secrets: [any ConfidentialIdentifier] = [
        ResidentID.example, BankCardNumber.example, MobileNumber.example, PersonName.example,
        CorporateAccountNumber.example, LandlineNumber.example,
    ]

    private struct Holder {
        let secret: any ConfidentialIdentifier
    }

    @Test("No way of printing reveals the value", arguments: secrets.indices)
    func printing(index: Int) {
        let secret = Self.secrets[index]
        let holder = Holder(secret: secret)
        var dumped = ""
        dump(secret, to: &dumped)
        dump([holder], to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), secret.debugDescription, "\(holder)",
            String(reflecting: holder), "\([secret])", "\(Optional.some(secret) as Any)", dumped,
        ]
        for text in texts {
            #expect(!text.contains(secret.plain))
            #expect(text.contains(secret.masked))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test(
        "Masks have their agreed shapes",
        arguments: [
            (MobileNumber.example.masked, "138****2468"), (ResidentID.example.masked, "3301**********9979"),
            (BankCardNumber.example.masked, "6212 **** **** 9997"), (PersonName.example.masked, "王*明"),
            (CorporateAccountNumber.example.masked, "**** **** 1234"), (CNAPSCode.example.masked, "1023****9999"),
            (LandlineNumber.example.masked, "0571-****9999"),
        ])
    func shapes(masked: String, expected: String) {
        #expect(masked == expected)
    }

    @Test("No fault repeats what was typed")
    func faults() {
        #expect {
            try ResidentID("330106199001019978")
        } throws: { error in
            !String(reflecting: error).contains("9978")
        }
    }
}
