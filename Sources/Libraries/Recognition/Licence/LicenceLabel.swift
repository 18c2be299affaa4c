/// The words that licences print before their values, and words that end a value.
struct LicenceLabel: Sendable {
    /// Nil for words that only end what stands before them.
    let field: LicenceField?
    let characters: [Character]

    private init(_ field: LicenceField?, _ text: String) {
        self.field = field
        self.characters = Array(text)
    }

    /// Longest first, so that 主要经营场所 is not taken for 经营场所.
    static let all: [LicenceLabel] = {
        // Companies, partnerships, sole traders, branches and cooperatives use different words for one thing.
        let words: [(LicenceField?, [String])] = [
            (.creditCode, ["统一社会信用代码", "社会信用代码", "信用代码"]),
            (.name, ["名称", "企业名称", "字号名称", "公司名称"]),
            (.type, ["类型", "企业类型", "公司类型", "主体类型", "市场主体类型"]),
            (
                .legalRepresentative,
                ["法定代表人", "法定代表人姓名", "负责人", "经营者", "经营者姓名", "投资人", "执行事务合伙人"]
            ),
            (.capital, ["注册资本", "注册资金", "出资额", "出资总额", "成员出资总额", "资金数额"]),
            (.established, ["成立日期", "成立时间", "注册日期"]),
            (.address, ["住所", "经营场所", "主要经营场所", "营业场所", "企业住所", "公司住所"]),
            (.scope, ["经营范围", "业务范围"]),
            (.term, ["营业期限", "经营期限", "合伙期限"]),
            (
                nil,
                [
                    "登记机关", "实收资本", "组成形式", "核准日期", "发照日期", "登记日期", "扫描二维码",
                    "国家企业信用", "国家市场监督", "市场主体应当", "证照编号", "编号", "注册号",
                    "扫描市场主体", "请于每年", "企业信用信息", "工商行政管理",
                ]
            ),
        ]
        return words.flatMap { field, texts in texts.map { LicenceLabel(field, $0) } }
            .sorted { $0.characters.count > $1.characters.count }
    }()

    /// The label at the beginning of a text and how many characters it takes, exact before approximate.
    static func match(_ text: [Character]) -> (label: LicenceLabel, count: Int)? {
        if let exact = all.first(where: { text.starts(with: $0.characters) }) { return (exact, exact.characters.count) }
        for label in all {
            if let count = label.approximateMatch(text) { return (label, count) }
        }
        return nil
    }

    /// Long labels forgive one misread or lost character, short ones none.
    private func approximateMatch(_ text: [Character]) -> Int? {
        let wanted = characters
        guard wanted.count >= 4 else { return nil }
        if text.count >= wanted.count, zip(text, wanted).filter({ $0 != $1 }).count == 1 { return wanted.count }
        guard wanted.count >= 5 else { return nil }
        // Losing the last one would leave a shorter label that is listed itself, or take a letter of the value.
        for lost in wanted.indices.dropLast() {
            var shorter = wanted
            shorter.remove(at: lost)
            if text.starts(with: shorter) { return shorter.count }
            // Glare takes whole syllables of the longest ones.
            guard wanted.count >= 6, lost < shorter.count - 1 else { continue }
            shorter.remove(at: lost)
            if text.starts(with: shorter) { return shorter.count }
        }
        return nil
    }
}
