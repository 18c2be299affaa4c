extension IdentifierGrammar {
    /// Permits and registrations of food.
    static let food: [IdentifierGrammar] = [
        foodOperation, prepackagedFiling, foodSale, foodProduction, healthFood, infantFormula, medicalFood,
    ]

    /// 食品经营许可和备案管理办法 (SAMR order 78).
    private static let foodOperation = sale(
        [.permit], id: "food-operation", name: "食品经营许可证编号", help: "JY 开头，后面 14 位数字",
        good: ["JY13301060999991", "JY21101050999983"],
        bad: [
            Refused("JY1330106099999", "food_operation.length"),
            Refused("JY1330106O999991", "food_operation.character"),
            Refused("JY13301060999992", "food_operation.check_digit"),
            Refused("JY43301060999991", "food_operation.business"),
            Refused("YB13301060999991", "food_operation.kind"), Refused("SC10133010699999", "food_operation.prefix"),
        ])

    private static let prepackagedFiling = sale(
        [.prepackagedFiling], id: "food-prepackaged-filing", name: "仅销售预包装食品备案编号", help: "YB 开头，后面 14 位数字",
        good: ["YB13301060999991"],
        bad: [
            Refused("YB13301060999992", "food_operation.check_digit"),
            Refused("JY13301060999991", "food_operation.kind"),
        ])

    /// Either of the two, where both open the same category.
    private static let foodSale = sale(
        [.permit, .prepackagedFiling], id: "food-sale", name: "食品经营许可证或备案编号", help: "JY 或 YB 开头，后面 14 位数字",
        good: ["JY13301060999991", "YB13301060999991"], bad: [Refused("SC10133010699999", "food_operation.prefix")])

    /// 食品生产许可管理办法 (SAMR order 24), articles 28–29.
    private static let foodProduction = IdentifierGrammar(
        FoodProductionPermit.self, id: "food-production", name: "食品生产许可证编号", help: "SC 开头，后面 14 位数字",
        good: ["SC10133010699999", "SC12733010699982"],
        bad: [
            Refused("QS330106010001", "food_production.obsolete"), Refused("SC1013301069999", "food_production.length"),
            Refused("SC1013301O699999", "food_production.character"),
            Refused("SC10133010699998", "food_production.check_digit"),
            Refused("JY13301060999991", "food_production.prefix"),
        ],
        remarks: { .division($0.divisionCode, "food_production", at: "第 6–11 位") })

    /// 保健食品注册与备案管理办法, articles 44 and 58; 国食健字 from before July 2016 stays valid until renewed.
    private static let healthFood = IdentifierGrammar(
        id: "health-food", name: "保健食品注册或备案号", help: "如 国食健注G20259901，或 食健备G 加 12 位数字（进口为 J）",
        shape: [
            .choice([
                [.text("国食健注"), .oneOf("GJ"), .year, .digits(4...5)], [.text("国食健字"), .oneOf("GJ"), .year, .digits(4)],
                [.text("食健备"), .oneOf("GJ"), .year, .digits(8)],
            ]), .ignored("号"),
        ],
        good: ["国食健注G20259901", "食健备J202500999901", "国食健字Ｇ20099901号"],
        bad: [
            Refused("国食健注G2025990", "health_food.incomplete"), Refused("国食健注A20259901", "health_food.character"),
            Refused("卫食健字99号", "health_food.prefix"),
        ])

    /// 婴幼儿配方乳粉产品配方注册管理办法: YP, year, serial.
    private static let infantFormula = IdentifierGrammar(
        id: "infant-formula", name: "婴幼儿配方乳粉产品配方注册号", help: "国食注字YP 加 8 位数字",
        shape: [.text("国食注字YP"), .year, .digits(4), .ignored("号")], good: ["国食注字YP20259901"],
        bad: [
            Refused("国食注字TY20259901", "infant_formula.character"),
            Refused("国食注字YP2025990", "infant_formula.incomplete"),
        ])

    /// 特殊医学用途配方食品注册管理办法: TY, year, serial.
    private static let medicalFood = IdentifierGrammar(
        id: "special-medical-food", name: "特殊医学用途配方食品注册号", help: "国食注字TY 加 8 位数字",
        shape: [.text("国食注字TY"), .year, .digits(4), .ignored("号")], good: ["国食注字TY20259901"],
        bad: [Refused("国食注字YP20259901", "special_medical_food.character")])

    private static func sale(
        _ kinds: Set<FoodOperationPermit.Kind>, id: String, name: String, help: String, good: [String], bad: [Refused]
    ) -> IdentifierGrammar {
        IdentifierGrammar(
            FoodOperationPermit.self, id: id, name: name, help: help, good: good, bad: bad,
            remarks: { permit in
                if kinds.contains(permit.kind) {
                    return .division(permit.divisionCode, "food_operation", at: "第 4–9 位")
                }
                let finding = IdentifierFinding(
                    code: "food_operation.kind", message: "这是\(permit.kind.name)的编号，不是\(name)", hint: "格式：\(help)")
                return ValueRemarks(faults: [finding])
            })
    }
}
