extension IdentifierGrammar {
    /// Numbers under which organisations are registered.
    static let subjects: [IdentifierGrammar] = [
        creditCode, organizationCode, registrationNumber, hongKongBusiness, hongKongCompany, macaoRegistration,
        taiwanBusiness, overseasRegistration,
    ]

    /// GB 32100-2015.
    private static let creditCode = IdentifierGrammar(
        CreditCode.self, id: "uscc", name: "统一社会信用代码", help: "18 位数字和大写字母，不含 I、O、S、V、Z",
        good: ["91330106MA9TE5T04E", "92330106MA9T00018L", "93410100MA9T00034Y", "5231000099900003XA"],
        bad: [
            Refused("91330106MA9TE5T04", "uscc.length"), Refused("9133O106MA9TE5T04E", "uscc.character"),
            Refused("91330106MA9TE5T05E", "uscc.check_digit"),
        ],
        remarks: { code in
            ValueRemarks(
                warnings: code.warnings.map { IdentifierFinding(code: $0.rawValue, message: $0.message) },
                divisionCode: code.divisionCode)
        })

    /// GB 11714-1997. The codes were replaced by the credit code in 2015, which contains them.
    private static let organizationCode = IdentifierGrammar(
        id: "organization-code", name: "组织机构代码", help: "8 位数字或字母加 1 位校验码（数字或 X），如 MA9T0001-8",
        shape: [.alphanumerics(9...9)], good: ["MA9T0001-8", "999000013"],
        bad: [
            Refused("MA9T0001", "organization_code.incomplete"), Refused("MA9T0001-7", "organization_code.check_digit"),
        ],
        remarks: { code in
            if OrganizationCode.hasCheckCharacter(Array(code.utf8)) { return ValueRemarks() }
            return .checkDigit("organization_code", "组织机构代码校验不通过，可能有一位填错")
        })

    /// GS 15-2006.
    private static let registrationNumber = IdentifierGrammar(
        RegistrationNumber15.self, id: "reg-no-15", name: "工商注册号", help: "15 位数字；新版执照请填写统一社会信用代码",
        good: ["330106000999006", "110105600999014"],
        bad: [
            Refused("330106000999007", "registration_number.check_digit"),
            Refused("91330106MA9TE5T04E", "registration_number.credit_code"),
            Refused("33010600099900O", "registration_number.character"),
        ],
        remarks: { .division($0.authorityCode, "registration_number", at: "前 6 位") })

    /// The number of a business registration certificate (Cap. 310), since 2023-12-27 the Unique Business
    /// Identifier: eight digits, after which the certificate prints branch, expiry and a suffix. No check digit
    /// is published.
    private static let hongKongBusiness = IdentifierGrammar(
        id: "hk-br", name: "香港商业登记号码", help: "8 位数字，可带分行等后缀，如 99990001-000-05-27-A",
        shape: [
            .digits(8),
            .optional([
                .text("-"), .digits(3), .text("-"), .digits(2), .text("-"), .digits(2), .text("-"),
                .alphanumerics(1...1),
            ]),
        ],
        good: ["99990001", "99990001-000-05-27-A"],
        bad: [Refused("9999001", "hk_br.incomplete"), Refused("999900O1", "hk_br.character")])

    /// The company number of the Companies Registry: up to seven digits, non-Hong Kong companies with an F before.
    private static let hongKongCompany = IdentifierGrammar(
        id: "hk-ci", name: "香港公司注册证明书编号", help: "最多 7 位数字；非香港公司以 F 开头，如 9990001",
        shape: [.optional([.text("F")]), .digits(4...7)], good: ["9990001", "F0099001"],
        bad: [Refused("99900012", "hk_ci.surplus"), Refused("G0099001", "hk_ci.prefix")])

    /// Macao registration numbers: digits with the register's letters before or after, such as 99901(SO).
    private static let macaoRegistration = IdentifierGrammar(
        id: "macao-registration", name: "澳门商业登记编号", help: "数字，可带登记簿代号，如 99901(SO)、CO/99901",
        shape: [
            .choice([
                [.digits(1...8), .optional([.text("("), .letters(1...3), .text(")")])],
                [.letters(1...3), .optional([.text("/")]), .digits(1...8)],
            ])
        ],
        good: ["99901（SO）", "CO/99901", "81999901"],
        bad: [Refused("（SO）", "macao_registration.prefix"), Refused("99901（SO", "macao_registration.incomplete")])

    /// 統一編號 of the Taiwan authorities: eight digits whose weighted digit sum is divisible by 5 (by 10 for
    /// numbers given before April 2023, which 5 includes).
    private static let taiwanBusiness = IdentifierGrammar(
        id: "taiwan-business", name: "台湾统一编号", help: "8 位数字", shape: [.digits(8)], good: ["10458575", "99990004"],
        bad: [Refused("10458576", "taiwan_business.check_digit"), Refused("1045857", "taiwan_business.incomplete")],
        remarks: { number in
            if CheckDigits.satisfiesTaiwanBusinessRule(Array(number.utf8)) { return ValueRemarks() }
            return .checkDigit("taiwan_business", "统一编号校验不通过，可能有一位填错")
        })

    /// Registration numbers of other countries share no rule.
    private static let overseasRegistration = IdentifierGrammar(
        id: "overseas-registration", name: "境外公司注册号", help: "4 至 30 位字母、数字，可带连字符、斜线和点",
        shape: [.some(.registration, 4...30)], good: ["HRB 99901", "12-3456789", "0999001"],
        bad: [Refused("ABC", "overseas_registration.incomplete"), Refused("123#45", "overseas_registration.character")])
}
