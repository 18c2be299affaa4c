extension IdentifierGrammar {
    /// Numbers of organisations.
    static let subjects: [IdentifierGrammar] = [creditCode]

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
}
