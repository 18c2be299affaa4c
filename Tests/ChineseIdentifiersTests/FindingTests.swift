import Testing

@testable import ChineseIdentifiers

@Suite("What findings say")
struct FindingTests {
    private func check(_ id: String, _ text: String) throws -> IdentifierCheck {
        try #require(IdentifierGrammar.named(id)).check(text)
    }

    @Test(
        "A wrong character is named with its place and what it was taken for",
        arguments: [
            ("uscc", "91O30106MA9TE5T04E", "统一社会信用代码第 3 位应为数字，现在是字母 O；是不是数字 0"),
            ("uscc", "91330106MA9TI5T04E", "统一社会信用代码第 13 位应为数字或字母（不含 I、O、S、V、Z），现在是字母 I；是不是数字 1"),
            ("resident-id", "3301061990010199I9", "居民身份证号码第 17 位应为数字，现在是字母 I；是不是数字 1"),
            ("resident-id", "33010619900101997Y", "居民身份证号码第 18 位应为数字或字母 X，现在是字母 Y"),
            ("food-production", "SCIO133010699999", "食品生产许可证编号第 3 位应为数字，现在是字母 I；是不是数字 1"),
            ("cnaps", "10233100B999", "联行号第 9 位应为数字，现在是字母 B；是不是数字 8"),
            ("srrc", "2023 0P 9901", "SRRC 型号核准代码第 5 位应为字母，现在是数字 0；是不是字母 O"),
            ("icp-filing", "京ICP证17008530号", "ICP 备案号第 5 位应为“备”，现在是汉字“证”"),
            ("hkmo-permit", "K09999001", "港澳居民来往内地通行证号码应以 H 或 M 开头"),
            ("srrc", "2023DP9901234", "SRRC 型号核准代码第 13 位起多出了 1 个字符"),
            ("srrc", "", "SRRC 型号核准代码还没有填写"), ("trademark", "99😀99", "商标注册号第 3 位应为数字，现在是别的字符"),
            ("cosmetic-production", "浙妆31239901", "化妆品生产许可证编号第 3 位应为 4 位年份（如 2021），现在是数字 3"),
        ])
    func wrongCharacter(id: String, text: String, message: String) throws {
        #expect(try check(id, text).faults.map(\.message) == [message])
    }

    @Test("A wrong check character of a credit code is told, that of a person's number never")
    func checkCharacters() throws {
        #expect(try check("uscc", "91330106MA9TE5T04H").faults.first?.message.contains("第 18 位校验码应为 E") == true)
        for id in ["resident-id", "bank-card"] {
            let grammar = try #require(IdentifierGrammar.named(id))
            let last = grammar.example.suffix(1) == "9" ? "8" : "9"
            let fault = try #require(grammar.check(grammar.example.dropLast() + last).faults.first)
            #expect(fault.code.hasSuffix(".check_digit") && !fault.message.contains("应为"))
        }
    }

    @Test(
        "Oddities are warnings and leave the value acceptable",
        arguments: [
            ("resident-id", "780106199001019972", "resident_id.division"),
            ("basic-account", "L3310099990001", "basic_account.kind"),
            ("cma", "239920999901", "cma.authority"),
            ("device-registration-2-3", "浙械注准20233999901", "device_registration_2_3.authority"),
            ("device-registration-2-3", "浙械注进20232999901", "device_registration_2_3.authority"),
            ("police-filing", "浙公网安备99010699990001号", "police_filing.division"),
        ])
    func warnings(id: String, text: String, code: String) throws {
        let check = try check(id, text)
        #expect(check.isValid && check.warnings.map(\.code) == [code])
    }

    @Test("Divisions are told by the identifiers that hold one")
    func divisions() throws {
        #expect(try check("uscc", "91330106MA9TE5T04E").divisionCode == "330106")
        #expect(try check("reg-no-15", "330106000999006").divisionCode == "330106")
        #expect(try check("food-operation", "JY13301060999991").divisionCode == "330106")
        #expect(try check("food-production", "SC10133010699999").divisionCode == "330106")
        #expect(try check("resident-id", "330106199001019979").divisionCode == "330106")
        #expect(try check("police-filing", "浙公网安备33010602006438号").divisionCode == "330106")
        #expect(try check("mobile", "13800132468").divisionCode == nil)
    }

    @Test(
        "A code of another kind of body is told apart from the chosen one",
        arguments: [
            ("92330106MA9T00018L", "个体工商户"), ("93410100MA9T00034Y", "农民专业合作社"), ("123300009990000134", "事业单位"),
        ])
    func mismatch(text: String, kind: String) throws {
        let code = try CreditCode(text)
        let finding = try #require(code.mismatch(with: [.enterprise], chosen: "企业"))
        #expect(finding.message == "这个代码属于\(kind)，您选择的主体类型是企业" && finding.code == "uscc.subject")
        let own = try #require(code.registrationKind)
        #expect(code.mismatch(with: [own], chosen: kind) == nil)
        #expect(code.mismatch(with: [], chosen: "") == nil)
    }

    @Test(
        "Every published prefix has a kind",
        arguments: [
            ("11", "机关"), ("12", "事业单位"), ("13", "群众团体"), ("31", "律师事务所等司法行政登记机构"), ("51", "社会团体"), ("52", "民办非企业单位"),
            ("53", "基金会"), ("54", "基层群众性自治组织"), ("81", "工会"), ("91", "企业"), ("92", "个体工商户"), ("93", "农民专业合作社"),
            ("A1", "军队单位"), ("N1", "组级农村集体经济组织"), ("N2", "村级农村集体经济组织"), ("N3", "乡镇级农村集体经济组织"), ("Y1", "其他"),
        ])
    func kinds(prefix: String, name: String) {
        #expect(RegistrationKind(rawValue: prefix)?.name == name)
    }
}
