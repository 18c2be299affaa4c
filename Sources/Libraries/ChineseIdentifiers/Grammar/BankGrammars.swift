extension IdentifierGrammar {
    /// Numbers of banks, cards and accounts.
    static let banking: [IdentifierGrammar] = [bankCard, corporateAccount, basicAccount, cnaps]

    /// ISO/IEC 7812-1.
    private static let bankCard = IdentifierGrammar(
        BankCardNumber.self, id: "bank-card", name: "银行卡号", help: "13 至 19 位数字",
        good: ["6212261202009999997", "6228 4800 1099 9999 997"],
        bad: [
            Refused("621226120200999999O", "bank_card.character"), Refused("621226120200", "bank_card.length"),
            Refused("6212261202009999998", "bank_card.check_digit"),
        ])

    private static let corporateAccount = IdentifierGrammar(
        CorporateAccountNumber.self, id: "corporate-account", name: "对公账号", help: "8 至 32 位数字",
        good: ["1202-0206 0999 9991 234"],
        bad: [
            Refused("1234567", "corporate_account.length"), Refused("1202O20609999991", "corporate_account.character"),
        ])

    /// The approval number of account opening permits, which since 2019-07 stands on 《基本存款账户信息》 as the
    /// number of the basic deposit account (银发〔2019〕41 号): kind, four digits of the place, seven of the serial,
    /// two of the version.
    private static let basicAccount = IdentifierGrammar(
        id: "basic-account", name: "基本存款账户编号", help: "J 加 13 位数字（开户许可证核准号）；临时户为 L，专用户为 Z",
        isConfidential: true, shape: [.oneOf("JLZ"), .digits(13)], good: ["J3310099990001", "L3310099990001"],
        bad: [
            Refused("J331009999000", "basic_account.incomplete"), Refused("K3310099990001", "basic_account.prefix"),
            Refused("J33100999900O1", "basic_account.character"), Refused("J33100999900011", "basic_account.surplus"),
        ],
        remarks: { number in
            if number.hasPrefix("J") { return ValueRemarks() }
            let kind = number.hasPrefix("L") ? "临时" : "专用"
            let warning = IdentifierFinding(
                code: "basic_account.kind", message: "这是\(kind)存款账户的编号，不是基本存款账户", hint: nil)
            return ValueRemarks(warnings: [warning])
        })

    private static let cnaps = IdentifierGrammar(
        CNAPSCode.self, id: "cnaps", name: "联行号", help: "12 位数字", good: ["102331009999", "308584009998"],
        bad: [
            Refused("30858400999", "cnaps.length"), Refused("30858400999X", "cnaps.character"),
            Refused("308584009999", "cnaps.check_digit"),
        ])
}
