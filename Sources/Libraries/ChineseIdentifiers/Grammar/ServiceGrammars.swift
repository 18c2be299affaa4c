extension IdentifierGrammar {
    /// Permits of publications, culture, education and services.
    static let services: [IdentifierGrammar] = [
        publication, networkCulture, school, travelAgency, specialTrade, veterinaryDrug, pesticide, anyPermit,
    ]

    /// 出版物市场管理规定. Retail permits come from the county, wholesale permits from the province; each has its own
    /// way of numbering.
    private static let publication = IdentifierGrammar(
        id: "publication", name: "出版物经营许可证编号", help: "如 新出发滨字第9901号",
        shape: [
            .text("新出发"), .some(.anything, 1...12), .text("字"), .implied("第"), .some(.serial, 1...20), .implied("号"),
        ],
        good: ["新出发滨字第9901号", "新出发浙零字第杭9901号", "新出发京批字第直990001"],
        bad: [Refused("出发滨字第9901号", "publication.prefix"), Refused("新出发滨", "publication.incomplete")])

    /// 网络文化经营许可证.
    private static let networkCulture = IdentifierGrammar(
        id: "network-culture", name: "网络文化经营许可证编号", help: "如 京网文〔2021〕9901-001号",
        shape: [
            .province, .text("网文"), .implied("〔"), .year, .implied("〕"), .digits(4), .text("-"), .digits(3...4),
            .implied("号"),
        ],
        good: ["京网文〔2021〕9901-001号", "浙网文[2023]9901-123", "沪网文（2022）9901—099号"],
        bad: [
            Refused("京网文〔2021〕9901号", "network_culture.character"),
            Refused("网文〔2021〕9901-001号", "network_culture.prefix"),
        ])

    /// 民办学校办学许可证, of the education or the human resources administration. Education: on
    /// older permits thirteen digits (six of the division, level, serial), on newer ones fifteen, with a digit before
    /// and a longer serial.
    private static let school = IdentifierGrammar(
        id: "school", name: "办学许可证编号", help: "教民加 15 位（旧证 13 位）数字，或人社民加 13 位数字",
        shape: [
            .choice([
                [.text("教民"), .digits(13), .optional([.digits(2)])],
                [.text("人社民"), .digits(13)],
            ]), .implied("号"),
        ],
        good: ["教民133010679990001号", "教民3301067990001", "人社民3301069999001"],
        bad: [
            Refused("教民13301067999001号", "school.character"), Refused("民133010679990001号", "school.prefix"),
            Refused("教民1330106", "school.incomplete"),
        ])

    /// 旅行社业务经营许可证: L, province, for outbound or foreign invested agencies more letters, serial.
    private static let travelAgency = IdentifierGrammar(
        id: "travel-agency", name: "旅行社业务经营许可证编号", help: "如 L-ZJ-99001、L-BJ-CJ99001",
        shape: [
            .text("L"), .implied("-"), .letters(2...3), .optional([.text("-")]), .optional([.letters(1...2)]),
            .digits(5),
        ],
        good: ["L-ZJ99001", "L-BJ-CJ99001", "l—gd—cj99002"],
        bad: [
            Refused("L-ZJ-9900", "travel_agency.incomplete"), Refused("ZJ-99001", "travel_agency.prefix"),
            Refused("L-1J-99001", "travel_agency.character"),
        ])

    /// 特种行业许可证, numbered by each city's police.
    private static let specialTrade = IdentifierGrammar(
        id: "special-trade", name: "特种行业许可证编号", help: "如 公特旅字第9901号",
        shape: [
            .han(0...4), .text("公特"), .some(.anything, 0...20), .text("字"),
            .optional([.text("〔"), .year, .text("〕")]), .implied("第"), .some(.serial, 1...20), .implied("号"),
        ],
        good: ["公特旅字第9901号", "杭公特典字[2023]第9901号"],
        bad: [Refused("特旅字第9901号", "special_trade.character"), Refused("公特旅", "special_trade.incomplete")])

    /// 兽药经营许可证: year, 兽药经营证字, serial.
    private static let veterinaryDrug = IdentifierGrammar(
        id: "veterinary-drug-operation", name: "兽药经营许可证编号", help: "如 (2023)兽药经营证字990001号",
        shape: [
            .implied("("), .year, .implied(")"), .text("兽药经营证字"), .implied("第"), .digits(6...11), .implied("号"),
        ],
        good: ["(2023)兽药经营证字第99000101号", "2023兽药经营证字99000101"],
        bad: [
            Refused("兽药经营证字990001号", "veterinary_drug_operation.prefix"),
            Refused("(2023)兽药经营证字9900", "veterinary_drug_operation.incomplete"),
        ])

    /// 农药经营许可管理办法, article 13: province, authority, scope, serial.
    private static let pesticide = IdentifierGrammar(
        id: "pesticide-operation", name: "农药经营许可证编号", help: "如 农药经许（浙）33010699901",
        shape: [.text("农药经许"), .implied("（"), .province, .implied("）"), .digits(10...12), .ignored("号")],
        good: ["农药经许（浙）33010699901", "农药经许(浙)33010699901"],
        bad: [
            Refused("农药经许（浙）330106999", "pesticide_operation.incomplete"),
            Refused("农药证许33010699901", "pesticide_operation.character"),
        ])

    /// Permits without a common rule: small food workshops, quarantine and inspection certificates, express, road
    /// transport and human resources.
    private static let anyPermit = IdentifierGrammar(
        id: "permit-number", name: "证件编号", help: "4 至 60 位字母、数字或汉字，按证件填写", shape: [.some(.anything, 4...60)],
        good: ["浙小作坊(2023)第9901号", "国邮20239901C"],
        bad: [Refused("浙12", "permit_number.incomplete"), Refused("浙小作坊#9901", "permit_number.character")])
}
