import Testing

@testable import ChineseIdentifiers

@Suite("Phone, card, account and permit numbers")
struct NumberTableTests {
    @Test(
        "Mobile numbers are read with or without the country code",
        arguments: ["13800132468", "+86 138-0013-2468", "8613800132468", "0086 13800132468", "＋８６１３８００１３２４６８"])
    func mobile(text: String) throws {
        #expect(try MobileNumber(text) == .example)
    }

    @Test(
        "Other phone numbers are refused",
        arguments: [
            ("12800132468", MobileNumber.Fault.prefix), ("1380013246", .length), ("138001324680", .length),
            ("+852 61234567", .country), ("1380013246a", .character), ("", .length), ("057188888888", .length),
            ("23800132468", .prefix), ("+86", .length),
        ])
    func notMobile(text: String, fault: MobileNumber.Fault) {
        #expect(throws: fault) { try MobileNumber(text) }
    }

    @Test("Bank cards pass Luhn", arguments: ["6212261202009999997", "6228 4800 1099 9999 997", "4111111111111111"])
    func card(text: String) throws {
        #expect(try BankCardNumber(text).plain.allSatisfy(\.isNumber))
    }

    @Test(
        "Other card numbers are refused",
        arguments: [
            ("6212261202009999998", BankCardNumber.Fault.checkDigit), ("621226120200", .length),
            ("62122612020099999970", .length), ("621226120200999999O", .character), ("0000000000000000", .prefix),
        ])
    func notCard(text: String, fault: BankCardNumber.Fault) {
        #expect(throws: fault) { try BankCardNumber(text) }
    }

    @Test("Corporate accounts have 8 to 32 digits")
    func account() throws {
        #expect(try CorporateAccountNumber("1202-0206 0999 9991 234") == .example)
        #expect(throws: CorporateAccountNumber.Fault.length) { try CorporateAccountNumber("1234567") }
        #expect(throws: CorporateAccountNumber.Fault.length) {
            try CorporateAccountNumber(String(repeating: "1", count: 33))
        }
        #expect(throws: CorporateAccountNumber.Fault.character) { try CorporateAccountNumber("1234567A") }
        #expect(try CorporateAccountNumber("12345678").masked == "**** **** 5678")
    }

    @Test(
        "Food operation permits and filings are read",
        arguments: [
            ("JY13301060999991", FoodOperationPermit.Business?.some(.sale)), ("jy2 1101 0509 9998 3", .catering),
            ("YB13301060999991", nil),
        ])
    func foodOperation(text: String, business: FoodOperationPermit.Business?) throws {
        let permit = try FoodOperationPermit(text)
        #expect(permit.business == business)
        #expect(permit.kind == (business == nil ? .prepackagedFiling : .permit))
        #expect(permit.divisionCode.count == 6)
    }

    @Test(
        "Other food operation numbers are refused",
        arguments: [
            ("SC10133010699999", FoodOperationPermit.Fault.prefix), ("JY1330106099999", .length),
            ("JY1330106O999991", .character(position: 10)), ("JY43301060999991", .business),
            ("JY13301060999992", .checkDigit),
        ])
    func notFoodOperation(text: String, fault: FoodOperationPermit.Fault) {
        #expect(throws: fault) { try FoodOperationPermit(text) }
    }

    @Test("Food production permits are read")
    func foodProduction() throws {
        let permit = try FoodProductionPermit("SC12733010699982")
        #expect(permit.classCode == "27" && permit.divisionCode == "330106" && !permit.isAdditive)
        #expect(throws: FoodProductionPermit.Fault.checkDigit) { try FoodProductionPermit("SC12733010699983") }
        #expect(throws: FoodProductionPermit.Fault.obsolete) { try FoodProductionPermit("QS330106010001") }
        #expect(throws: FoodProductionPermit.Fault.prefix) { try FoodProductionPermit("JY13301060999991") }
        #expect(throws: FoodProductionPermit.Fault.product) { try FoodProductionPermit("SC32733010699982") }
        #expect(throws: FoodProductionPermit.Fault.length) { try FoodProductionPermit("SC") }
        #expect(throws: FoodProductionPermit.Fault.character(position: 4)) {
            try FoodProductionPermit("SC1A733010699982")
        }
    }

    @Test("Registration numbers of 15 digits are read, and old or new numbers are told apart")
    func registrationNumber() throws {
        #expect(try RegistrationNumber15("440301103448669").ownership == .domestic)
        #expect(try RegistrationNumber15("110105600999014").ownership == .individual)
        #expect(RegistrationNumber15.example.authorityCode == "330106")
        #expect(throws: RegistrationNumber15.Fault.checkDigit) { try RegistrationNumber15("440301103448668") }
        #expect(throws: RegistrationNumber15.Fault.obsolete) { try RegistrationNumber15("4403011034486") }
        #expect(throws: RegistrationNumber15.Fault.creditCode) { try RegistrationNumber15("91330106MA9TE5T04E") }
        #expect(throws: RegistrationNumber15.Fault.length) { try RegistrationNumber15("44030110344") }
        #expect(throws: RegistrationNumber15.Fault.character) { try RegistrationNumber15("44030110344866A") }
    }

    @Test("Bank line numbers are read")
    func cnaps() throws {
        let code = try CNAPSCode("308584009998")
        #expect(code.bankCode == "308" && code.cityCode == "5840")
        #expect(throws: CNAPSCode.Fault.checkDigit) { try CNAPSCode("308584009999") }
        #expect(throws: CNAPSCode.Fault.length) { try CNAPSCode("30858400999") }
        #expect(throws: CNAPSCode.Fault.character) { try CNAPSCode("30858400999X") }
    }

    @Test("CCC numbers follow their grammar")
    func ccc() throws {
        let number = try CCCNumber("2023 0109 0199 9999")
        #expect(number.year == 2023 && number.bodyCode == "01" && number.productCode == "0901")
        #expect(throws: CCCNumber.Fault.year) { try CCCNumber("1999010901999999") }
        #expect(throws: CCCNumber.Fault.length) { try CCCNumber("202301090199999") }
        #expect(throws: CCCNumber.Fault.character) { try CCCNumber("202301090199999A") }
    }

    @Test(
        "Every single wrong digit breaks a MOD 11,10 number",
        arguments: ["JY13301060999991", "JY21101050999983", "YB13301060999991", "SC10133010699999", "SC12733010699982"])
    func mod11Substitutions(text: String) {
        for index in 2..<16 {
            for replacement in "0123456789".utf8 {
                var bytes = Array(text.utf8)
                if bytes[index] == replacement { continue }
                bytes[index] = replacement
                let wrong = String(decoding: bytes, as: UTF8.self)
                #expect((try? FoodOperationPermit(wrong)) == nil && (try? FoodProductionPermit(wrong)) == nil)
            }
        }
    }

    @Test("Random food permits are accepted and every single wrong digit is refused")
    func randomPermits() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let body = "1" + String(decoding: random.bytes(count: 12, from: Array("0123456789".utf8)), as: UTF8.self)
            var product = 10
            for digit in body.compactMap(\.wholeNumberValue) {
                product = (product + digit) % 10
                product = (product == 0 ? 10 : product) * 2 % 11
            }
            let check = (11 - product) % 10
            #expect(try FoodOperationPermit("JY\(body)\(check)").kind == .permit, "seed \(seed)")
            for wrong in 0...9 where wrong != check {
                #expect(throws: FoodOperationPermit.Fault.checkDigit, "seed \(seed)") {
                    try FoodOperationPermit("JY\(body)\(wrong)")
                }
            }
        }
    }
}
