import Testing

@testable import ChineseIdentifiers

@Suite("Resident identity card numbers")
struct ResidentIDTests {
    private static let today = day(2026, 1, 1)

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? .example
    }

    @Test(
        "Valid numbers are accepted with their document",
        arguments: [
            ("330106199001019979", ResidentID.Document.residentIdentityCard),
            ("110105198506159983", .residentIdentityCard), ("81000019900101997X", .hongKongResidencePermit),
            ("820000198506159983", .macaoResidencePermit), ("830000197503129911", .taiwanResidencePermit),
            ("911840199001019979", .foreignPermanentResidence),
        ])
    func valid(text: String, document: ResidentID.Document) throws {
        let id = try ResidentID(text, asOf: Self.today)
        #expect(id.plain == text)
        #expect(id.document == document)
    }

    @Test(
        "Invalid numbers are refused with a reason",
        arguments: [
            ("33010619900101997", ResidentID.Fault.length), ("330106900101997", .firstGeneration),
            ("33010619900101997A", .character(position: 18)), ("3301061990010199X9", .character(position: 17)),
            ("030106199001019979", .character(position: 1)), ("330106199002309979", .birthDate),
            ("330106199013019979", .birthDate), ("330106170001019979", .birthDate), ("330106199001019978", .checkDigit),
            ("", .length),
        ])
    func invalid(text: String, fault: ResidentID.Fault) {
        #expect(throws: fault) { try ResidentID(text, asOf: Self.today) }
    }

    @Test("A birth after today is refused, a birth today is not")
    func future() throws {
        #expect(throws: ResidentID.Fault.futureBirth) {
            try ResidentID("330106199001019979", asOf: Self.day(1989, 12, 31))
        }
        #expect(try ResidentID("330106199001019979", asOf: Self.day(1990, 1, 1)) == .example)
        #expect(try ResidentID("330106199001019979") == .example)
    }

    @Test("The number tells birth date, sex and division")
    func parts() throws {
        #expect(ResidentID.example.birthDate == Self.day(1990, 1, 1))
        #expect(ResidentID.example.sex == .male)
        #expect(try ResidentID("110105198506159983").sex == .female)
        #expect(ResidentID.example.divisionCode == "330106")
        #expect(try ResidentID("81000019900101997x").plain.hasSuffix("X"))
    }

    @Test("Age grows on the birthday", arguments: [(2007, 12, 31, 17), (2008, 1, 1, 18), (2008, 1, 2, 18)])
    func age(year: Int, month: Int, day: Int, expected: Int) {
        #expect(ResidentID.example.age(on: Self.day(year, month, day)) == expected)
    }

    @Test("No fault tells the computed check digit")
    func hintsKeepTheSecret() {
        let fault = ResidentID.Fault.checkDigit
        #expect(!fault.hint.contains("应为") && !fault.message.contains("应为"))
    }

    @Test("Random numbers are accepted and every single substitution is refused")
    func substitutions() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let text = randomNumber(&random)
            #expect(try ResidentID(text).plain == text, "seed \(seed)")
            for index in 0..<18 {
                for replacement in "0123456789X".utf8 {
                    var bytes = Array(text.utf8)
                    if bytes[index] == replacement { continue }
                    bytes[index] = replacement
                    #expect(throws: ResidentID.Fault.self, "seed \(seed)") {
                        try ResidentID(String(decoding: bytes, as: UTF8.self))
                    }
                }
            }
        }
    }

    /// The check character by the table of GB 11643, written apart from the code under test.
    private func randomNumber(_ random: inout SeededGenerator) -> String {
        let date = Self.day(
            .random(in: 1900...2025, using: &random), .random(in: 1...12, using: &random),
            .random(in: 1...28, using: &random))
        let division = Int.random(in: 110_000...659_999, using: &random)
        let serial = Int.random(in: 100...999, using: &random)
        let body = "\(division)" + date.description.filter { $0 != "-" } + "\(serial)"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }
}
