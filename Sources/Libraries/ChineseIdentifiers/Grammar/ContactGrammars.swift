extension IdentifierGrammar {
    /// Telephone numbers.
    static let contacts: [IdentifierGrammar] = [mobile, landline]

    /// 电信网编号计划 (YD/T 1168).
    private static let mobile = IdentifierGrammar(
        MobileNumber.self, id: "mobile", name: "手机号码", help: "11 位数字，以 13 至 19 开头",
        good: ["13800132468", "+86 138-0013-2468"],
        bad: [
            Refused("1380013246", "mobile.length"), Refused("12800132468", "mobile.prefix"),
            Refused("+852 61234567", "mobile.country"), Refused("1380013246O", "mobile.character"),
        ])

    private static let landline = IdentifierGrammar(
        LandlineNumber.self, id: "landline", name: "固定电话", help: "区号加号码，如 0571-88889999；400 电话也可以",
        good: ["0571-88889999", "(010) 8888 9999 转 801", "+86 571 88889999", "400-888-9999"],
        bad: [
            Refused("88889999", "landline.area"), Refused("0571-888899", "landline.length"),
            Refused("0571-8888999A", "landline.character"), Refused("00852 88889999", "landline.country"),
        ])
}
