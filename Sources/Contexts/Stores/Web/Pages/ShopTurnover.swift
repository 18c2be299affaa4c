import Kernel

/// What a natural person reads on the own shop's page about this year's sales.
struct ShopTurnover: Sendable {
    let said: String
    /// What to do, if it is time.
    let advice: String
    let tone: String
    /// Whole per cents of the limit, at most 100: the length of the bar.
    let share: String

    /// Nil for those who may sell as much as they like.
    init?(_ turnover: Turnover) {
        guard let limit = turnover.limit, let level = turnover.level else { return nil }
        said = "今年已卖 \(turnover.sum.short)，满 \(limit.short) 要办执照"
        share = "\(min(100, turnover.percent ?? 100))"
        switch level {
        case .ok:
            tone = "info"
            advice = "你名下的自然人店铺加在一起算，退掉的不算。"
        case .near:
            tone = "warn"
            advice = "快到了，可以先准备办营业执照。"
        case .reached:
            tone = "bad"
            advice = "请尽快办理登记，办好后来换主体。"
        }
    }
}
