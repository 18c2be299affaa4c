extension IdentifierGrammar {
    /// Numbers of certificates, marks and reports of goods.
    static let products: [IdentifierGrammar] = [
        ccc, radioApproval, networkAccess, trademark, gemReport, inspectionBody, laboratory, disinfection,
    ]

    /// 强制性产品认证管理规定: certificates and self-declarations alike.
    private static let ccc = IdentifierGrammar(
        CCCNumber.self, id: "ccc", name: "CCC 证书编号", help: "16 位数字，前 4 位是年份", good: ["2023010901999999"],
        bad: [
            Refused("202301090199999", "ccc.length"), Refused("20230109O1999999", "ccc.character"),
            Refused("1999010901999999", "ccc.year"),
        ])

    /// The CMIIT ID of radio transmitters. Since 2023-12-01 twelve characters (无线电发射设备型号核准代码编码规则): year, kind of
    /// device, province, company, own code, `(M)` for restricted modules; before (工信厅无〔2009〕9 号) a year of four
    /// digits, letters for device and origin, serial.
    private static let radioApproval = IdentifierGrammar(
        id: "srrc", name: "SRRC 型号核准代码", help: "12 位，如 24J339A9B001；2023 年 12 月以前的如 2023DP9901",
        shape: [
            .ignored("CMIITID:"),
            .choice([
                [
                    .digits(2), .oneOf("CFJGLDWZ"), .digits(2), .some(.clearAlphanumeric, 4...4), .digits(3),
                    .optional([.text("(M)")]),
                ],
                [.year, .letters(1...3), .digits(4...6)],
            ]),
        ],
        good: ["24J339A9B001", "CMIIT ID: 2019DJ9901", "2021AP990123", "24Z449A91001（M）"],
        bad: [
            Refused("2023DP99", "srrc.incomplete"), Refused("20239901", "srrc.character"),
            Refused("DP9901", "srrc.prefix"),
            Refused("2023DP9901234", "srrc.surplus"), Refused("24J33IA9B001", "srrc.character"),
        ])

    /// 电信设备进网管理办法.
    private static let networkAccess = IdentifierGrammar(
        id: "network-access", name: "电信设备进网许可证编号", help: "如 02-B990-239901：2 位数字、4 位字母或数字、6 位数字",
        shape: [.digits(2), .implied("-"), .alphanumerics(4...4), .implied("-"), .digits(6)],
        good: ["02-B990-239901", "02—b990—239901", "17C990239901"],
        bad: [
            Refused("02-B990-23990", "network_access.incomplete"), Refused("B2-B990-239901", "network_access.prefix"),
            Refused("02-B990-23990I", "network_access.character"),
        ])

    /// Registrations and applications in China, and international registrations (G) with a territorial extension.
    private static let trademark = IdentifierGrammar(
        id: "trademark", name: "商标注册号", help: "5 至 9 位数字；国际注册以 G 开头；末尾可有 1 个字母",
        shape: [
            .ignored("第"), .choice([[.digits(5...9)], [.text("G"), .digits(6...8)]]), .optional([.letters(1...1)]),
            .ignored("号"),
        ],
        good: ["99990001", "第 9990001 号", "G9990001", "9990001A"],
        bad: [
            Refused("9999", "trademark.incomplete"), Refused("9999000123", "trademark.surplus"),
            Refused("TM990001", "trademark.prefix"),
        ])

    /// Laboratories number their reports as they like; the CMA or CNAS number of the laboratory tells more.
    private static let gemReport = IdentifierGrammar(
        id: "gem-report", name: "珠宝玉石检测报告编号", help: "6 至 30 位字母和数字，可带连字符",
        shape: [.some(.registration, 6...30)], good: ["NGTC-2023-990001", "J20230099001"],
        bad: [Refused("J2023", "gem_report.incomplete"), Refused("证2023990001", "gem_report.prefix")])

    /// 检验检测机构资质认定: year, authority (00 national, 01–31 provinces), field, branch, serial.
    private static let inspectionBody = IdentifierGrammar(
        id: "cma", name: "CMA 资质认定证书编号", help: "12 位数字，前 2 位是年份", shape: [.ignored("CMA"), .digits(12)],
        good: ["230020999901", "CMA 231120999901"],
        bad: [Refused("23002099990", "cma.incomplete"), Refused("23002099990A", "cma.character")],
        remarks: { number in
            if number.dropFirst(2).prefix(2) <= "32" { return ValueRemarks() }
            let warning = IdentifierFinding(code: "cma.authority", message: "第 3–4 位不是已知的发证机关代码，请与报告核对", hint: nil)
            return ValueRemarks(warnings: [warning])
        })

    /// CNAS accreditation of laboratories.
    private static let laboratory = IdentifierGrammar(
        id: "cnas", name: "CNAS 认可证书编号", help: "L 加 4 至 5 位数字", shape: [.ignored("CNAS"), .text("L"), .digits(4...5)],
        good: ["L9901", "CNAS L99001"],
        bad: [Refused("L99", "cnas.incomplete"), Refused("9901", "cnas.prefix"), Refused("L990012", "cnas.surplus")])

    /// 消毒产品生产企业卫生许可规定.
    private static let disinfection = IdentifierGrammar(
        id: "disinfection", name: "消毒产品生产企业卫生许可证号", help: "如 赣卫消证字（2019）第9901号",
        shape: [
            .province, .text("卫消证字"), .implied("（"), .year, .implied("）"), .implied("第"), .digits(4...6), .implied("号"),
        ],
        good: ["赣卫消证字（2019）第9901号", "浙卫消证字[2021]第9902号", "苏卫消证字2020第9903"],
        bad: [
            Refused("卫消证字（2019）第9901号", "disinfection.prefix"), Refused("赣卫消证字（2019）第99号", "disinfection.character"),
        ])
}
