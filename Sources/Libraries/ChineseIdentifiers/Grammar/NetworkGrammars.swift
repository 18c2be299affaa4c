extension IdentifierGrammar {
    /// Numbers of websites and telecommunication businesses.
    static let network: [IdentifierGrammar] = [icpFiling, valueAddedTelecom, policeFiling]

    /// 非经营性互联网信息服务备案管理办法.
    private static let icpFiling = IdentifierGrammar(
        id: "icp-filing", name: "ICP 备案号", help: "如 浙ICP备99000001号-1：省简称、ICP备、6 至 10 位数字、号",
        shape: [.province, .text("ICP备"), .digits(6...10), .implied("号"), .optional([.text("-"), .digits(1...4)])],
        good: ["浙ICP备99000001号-1", "京icp备2023990001号", "沪ICP備99000002"],
        bad: [
            Refused("ICP备99000001号", "icp_filing.prefix"), Refused("浙ICP备9900", "icp_filing.incomplete"),
            Refused("浙ICP证990001号", "icp_filing.character"),
        ])

    /// 电信业务经营许可管理办法: the classes of business (A1 to B2), year and serial; before, 京ICP证 and six digits.
    private static let valueAddedTelecom = IdentifierGrammar(
        id: "value-added-telecom", name: "增值电信业务经营许可证编号", help: "如 浙B2-20239901；跨地区经营为 B2-20239901",
        shape: [
            .choice([
                [
                    .optional([.choice([[.province], [.text("合字")]])]), licenceClass,
                    .optional([.text("."), licenceClass]),
                    .optional([.text("."), licenceClass]), .text("-"), .digits(8...9),
                ],
                [.province, .text("ICP证"), .digits(6), .implied("号")],
            ])
        ],
        good: ["浙B2-20239901", "B1.B2-20049901", "合字B2-20239901", "京ICP证990001号"],
        bad: [
            Refused("浙B2-2023990", "value_added_telecom.incomplete"),
            Refused("浙C2-20239901", "value_added_telecom.character"),
            Refused("20239901", "value_added_telecom.prefix"),
        ])

    private static let licenceClass = ShapePart.choice([[.text("A"), .oneOf("12")], [.text("B"), .oneOf("12")]])

    /// 计算机信息网络国际联网安全保护管理办法: filing with the police, division first.
    private static let policeFiling = IdentifierGrammar(
        id: "police-filing", name: "公安联网备案号", help: "如 浙公网安备33010699990001号：14 位数字",
        shape: [.province, .text("公网安备"), .digits(14), .implied("号")],
        good: ["浙公网安备33010699990001号", "浙公网安备 33010699990001"],
        bad: [
            Refused("公网安备33010699990001号", "police_filing.prefix"),
            Refused("浙公网安备3301069999001号", "police_filing.character"),
        ],
        remarks: { .division(String($0.dropFirst(5).prefix(6)), "police_filing", at: "第 6–11 位") })
}
