extension IdentifierGrammar {
    /// Registrations, filings and permits of medical devices.
    static let devices: [IdentifierGrammar] = [
        deviceRegistration, deviceFiling, deviceOperation, deviceOperationFiling,
    ]

    /// 医疗器械注册与备案管理办法 (SAMR order 47), article 116: classes 2 and 3. 准 is made in the mainland, 进
    /// imported, 许 from Hong Kong, Macao or Taiwan.
    private static let deviceRegistration = IdentifierGrammar(
        id: "device-registration-2-3", name: "医疗器械注册证编号", help: "如 国械注准20233990001：国或省简称、械注准（进、许）、4 位年份、7 位数字",
        shape: [
            .choice([[.text("国")], [.province]]), .text("械注"), .oneOf("准进许"), .year, .oneOf("23"), .digits(2),
            .digits(4),
            .ignored("号"),
        ],
        good: ["国械注准20233999901", "浙械注准20232999901", "国械注进20223999901"],
        bad: [
            Refused("国械注准2023399990", "device_registration_2_3.incomplete"),
            Refused("国械注准20231999901", "device_registration_2_3.character"),
            Refused("械注准20233999901", "device_registration_2_3.prefix"),
        ],
        remarks: { number in
            guard !number.hasPrefix("国"), number.dropFirst(8).first == "3" || !number.contains("准") else {
                return ValueRemarks()
            }
            let warning = IdentifierFinding(
                code: "device_registration_2_3.authority", message: "第三类和进口医疗器械由国家药监局注册，编号应以“国”开头", hint: nil)
            return ValueRemarks(warnings: [warning])
        })

    /// The same, article 116: class 1 is filed with the city, imports with the national administration.
    private static let deviceFiling = IdentifierGrammar(
        id: "device-filing-1", name: "第一类医疗器械备案号", help: "如 浙杭械备20239901号：省市简称、械备、4 位年份、4 位以上数字",
        shape: [.han(1...2), .text("械备"), .year, .digits(4...6), .implied("号")],
        good: ["浙杭械备20239901号", "国械备20239901"],
        bad: [
            Refused("浙杭械备2023", "device_filing_1.incomplete"), Refused("械备20239901号", "device_filing_1.character"),
            Refused("A械备20239901号", "device_filing_1.prefix"),
        ])

    /// 医疗器械经营监督管理办法 (SAMR order 54); 食药监 before 2022.
    private static let deviceOperation = operation(
        "许", id: "device-operation-3", name: "医疗器械经营许可证编号", good: ["粤穗药监械经营许20239901号", "粤穗食药监械经营许20179901"],
        refused: "粤穗药监械经营备20239901号")

    private static let deviceOperationFiling = operation(
        "备", id: "device-operation-2-filing", name: "第二类医疗器械经营备案编号", good: ["京丰药监械经营备20239901号", "京丰食药监械经营备20159901号"],
        refused: "京丰药监械经营许20239901号")

    private static func operation(
        _ kind: String, id: String, name: String, good: [String], refused: String
    ) -> IdentifierGrammar {
        let family = id.replacing("-", with: "_")
        return IdentifierGrammar(
            id: id, name: name, help: "如 浙杭药监械经营\(kind)20239901号：省市简称、药监械经营\(kind)、年份和流水号",
            shape: [
                .han(2...3), .optional([.text("食")]), .text("药监械经营"), .text(kind), .year, .digits(4...5), .implied("号"),
            ],
            good: good, bad: [Refused(refused, "\(family).character"), Refused("粤穗药监械经营", "\(family).incomplete")])
    }
}
