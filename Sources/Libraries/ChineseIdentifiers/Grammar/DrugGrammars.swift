extension IdentifierGrammar {
    /// Permits of drugs and cosmetics.
    static let drugsAndCosmetics: [IdentifierGrammar] = [
        drugOperation, drugInformation, cosmeticProduction, specialCosmetic, cosmeticFiling, cosmeticProduct,
    ]

    /// 药品经营和使用质量监督管理办法 (SAMR order 84), article 76: kind of business A–D, A or B for the legal form, four
    /// digits of the place, five of the serial; before 2024 seven digits.
    private static let drugOperation = IdentifierGrammar(
        id: "drug-operation", name: "药品经营许可证编号", help: "省简称、2 个字母、9 位数字，如 浙DA571099001；旧证为 7 位数字",
        shape: [.province, .oneOf("ABCD"), .oneOf("AB"), .digits(7...9)], good: ["浙DA571099001", "京BA0109901"],
        bad: [
            Refused("浙DA57199", "drug_operation.incomplete"), Refused("DA5719901", "drug_operation.prefix"),
            Refused("浙EA5719901", "drug_operation.character"),
        ])

    /// 互联网药品信息服务管理办法.
    private static let drugInformation = IdentifierGrammar(
        id: "drug-info-service", name: "互联网药品信息服务资格证书编号", help: "如 (沪)-经营性-2018-9901 或 (沪)-非经营性-2018-9901",
        shape: [
            .implied("("), .province, .implied(")"), .implied("-"), .optional([.text("非")]), .text("经营性"),
            .implied("-"),
            .year, .implied("-"), .digits(4),
        ],
        good: ["(沪)-经营性-2018-9901", "（浙）—非经营性—2021—9902", "沪-经营性-2018-9901"],
        bad: [
            Refused("(沪)-经营性-2018-99", "drug_info_service.incomplete"),
            Refused("经营性-2018-9901", "drug_info_service.prefix"),
        ])

    /// 化妆品生产经营监督管理办法, article 65.
    private static let cosmeticProduction = IdentifierGrammar(
        id: "cosmetic-production", name: "化妆品生产许可证编号", help: "省简称、妆、8 位数字，如 浙妆20239901",
        shape: [.province, .text("妆"), .year, .digits(4), .ignored("号")], good: ["浙妆20239901"],
        bad: [
            Refused("浙妆2023990", "cosmetic_production.incomplete"),
            Refused("浙G妆20239901", "cosmetic_production.character"),
            Refused("XK16-1089901", "cosmetic_production.prefix"),
        ])

    /// 化妆品注册备案管理办法: made in the mainland, imported (进), from Hong Kong, Macao or Taiwan (制). Numbers from
    /// before 2021 have a G or J before the year.
    private static let special: Shape = [
        .text("国妆特"), .choice([[.text("字")], [.text("进字")], [.text("制字")]]), .optional([.oneOf("GJ")]), .year,
        .digits(4...6), .ignored("号"),
    ]

    private static let filing: Shape = [
        .choice([
            [.province, .text("G妆网备字")],
            [
                .text("国妆网备"), .choice([[.text("进字")], [.text("制字")]]), .implied("（"), .province, .implied("）"),
            ],
        ]), .year, .digits(6...7), .ignored("号"),
    ]

    private static let specialCosmetic = IdentifierGrammar(
        id: "cosmetic-registration", name: "特殊化妆品注册证编号", help: "如 国妆特字20239901、国妆特进字20239901", shape: special,
        good: ["国妆特字20239901", "国妆特进字J20189901", "国妆特制字20239901"],
        bad: [
            Refused("国妆特字2023990", "cosmetic_registration.incomplete"),
            Refused("国妆备字20239901", "cosmetic_registration.character"),
        ])

    private static let cosmeticFiling = IdentifierGrammar(
        id: "cosmetic-filing", name: "普通化妆品备案编号", help: "如 浙G妆网备字2023990001、国妆网备进字（沪）2023990001", shape: filing,
        good: ["浙G妆网备字2023990001", "国妆网备进字(沪)2023990001"],
        bad: [
            Refused("浙妆网备字2023990001", "cosmetic_filing.character"),
            Refused("浙G妆网备字20239900", "cosmetic_filing.incomplete"),
        ])

    /// Either of the two.
    private static let cosmeticProduct = IdentifierGrammar(
        id: "cosmetic-product", name: "化妆品注册或备案编号", help: "如 国妆特字20239901、浙G妆网备字2023990001",
        shape: [.choice([special, filing])], good: ["国妆特字20239901", "浙G妆网备字2023990001"],
        bad: [Refused("卫妆准字99号", "cosmetic_product.prefix")])
}
