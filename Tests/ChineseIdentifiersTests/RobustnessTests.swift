import Testing

@testable import ChineseIdentifiers

/// What holds for every identifier alike.
@Suite("All identifiers")
struct RobustnessTests {
    private static let types: [any ParsedIdentifier.Type] = [
        CreditCode.self, ResidentID.self, BankCardNumber.self, CorporateAccountNumber.self, MobileNumber.self,
        FoodOperationPermit.self, FoodProductionPermit.self, RegistrationNumber15.self, CNAPSCode.self, CCCNumber.self,
        PersonName.self, LandlineNumber.self,
    ]

    private func fault<T: ParsedIdentifier>(of type: T.Type, _ text: String) -> (any IdentifierFault)? {
        do throws(T.Fault) {
            _ = try T(text)
            return nil
        } catch {
            return error
        }
    }

    private func example<T: ParsedIdentifier>(_ type: T.Type) -> String { T.example.plain }

    private func reread<T: ParsedIdentifier>(_ type: T.Type, _ text: String) throws -> (String, String)? {
        guard let first = try? T(text) else { return nil }
        return (first.plain, try T(first.plain).plain)
    }

    @Test("Every example is valid and already normal", arguments: types.indices)
    func examples(index: Int) throws {
        let type = Self.types[index]
        let text = example(type)
        #expect(fault(of: type, text) == nil)
        #expect(try reread(type, text)?.0 == text)
    }

    @Test("Normalising twice changes nothing", arguments: types.indices)
    func idempotent(index: Int) throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        let type = Self.types[index]
        let noise = ["", " ", "\u{3000}", "\u{200B}", "\u{FEFF}"]
        for _ in 0..<50 {
            let typed = example(type).unicodeScalars.map { scalar in
                let wide = Unicode.Scalar(scalar.value + 0xFEE0)
                let isWide = (0x21...0x7E).contains(scalar.value) && Bool.random(using: &random)
                return String(isWide ? wide ?? scalar : scalar) + (noise.randomElement(using: &random) ?? "")
            }.joined()
            let (once, twice) = try #require(try reread(type, typed), "seed \(seed)")
            #expect(once == twice && once == example(type), "seed \(seed)")
        }
    }

    @Test("Random text is refused without a crash and every fault speaks", arguments: types.indices)
    func randomText(index: Int) {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        let type = Self.types[index]
        for _ in 0..<500 {
            let text = randomText(&random, near: example(type))
            if let fault = fault(of: type, text) {
                #expect(fault.code.contains(".") && !fault.message.isEmpty && !fault.hint.isEmpty, "seed \(seed)")
            }
            _ = try? ChineseDate(text)
            _ = try? CapitalAmount(text)
        }
    }

    @Test("Huge texts take linear time", arguments: types.indices)
    func hugeText(index: Int) {
        let type = Self.types[index]
        let clock = ContinuousClock()
        for unit in [" ", "9", "汉", "-", "\u{200B}", "e\u{301}", "亿"] {
            let text = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
            let elapsed = clock.measure {
                #expect(fault(of: type, text) != nil)
                #expect(throws: ChineseDate.Fault.self) { try ChineseDate(text) }
                #expect(throws: CapitalAmount.Fault.self) { try CapitalAmount(text) }
            }
            // A million characters at quadratic cost would take minutes.
            #expect(elapsed < .seconds(10))
        }
    }

    private func randomText(_ random: inout SeededGenerator, near example: String) -> String {
        let alphabet = Array("0123456789XJYSC年月日元万亿角分零壹佰·- ,.\u{0}\u{301}\u{200B}😀é٣".unicodeScalars)
        var scalars = Array(example.unicodeScalars)
        if Bool.random(using: &random) { scalars = [] }
        for _ in 0..<Int.random(in: 0...24, using: &random) {
            let place = Int.random(in: 0...scalars.count, using: &random)
            let any = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
            let known = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            let scalar = Int.random(in: 0..<4, using: &random) == 0 ? any ?? known : known
            if place < scalars.count { scalars[place] = scalar } else { scalars.append(scalar) }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
