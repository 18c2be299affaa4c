package import ChineseIdentifiers

/// What a line number of the payment system (CNAPS) tells about a branch.
///
/// The number names the bank only down to its kind for city, rural and village banks; the head office in the table
/// tells the name for its own number.
package struct BankLine: Hashable, Sendable {
    /// The bank, such as 招商银行, or the kind of bank, such as 城市商业银行; nil when the first three digits are unknown.
    package let bank: String?
    /// The province without its ending, such as 浙江; nil when the city is unknown.
    package let province: String?
    /// The city, such as 杭州市; nil when it is unknown.
    package let city: String?

    /// Reads a line number with the tables.
    package init(_ code: CNAPSCode) {
        bank = Self.headOffices[code.plain] ?? Self.kinds[code.bankCode]
        let fields = Self.cities.index(of: code.cityCode.utf8).map(Self.cities.fields) ?? []
        province = fields.count == 3 ? fields[1] : nil
        city = fields.count == 3 ? fields[2] : nil
    }

    private static let cities = SortedTable(.lineCities)

    private static let headOffices = Dictionary(
        Banks.all.compactMap { bank in bank.headOffice.map { ($0, bank.name) } },
        uniquingKeysWith: { first, _ in first })

    /// 支付系统行名行号 by the first three digits.
    private static let kinds = [
        "001": "中国人民银行", "011": "国库", "102": "中国工商银行", "103": "中国农业银行", "104": "中国银行", "105": "中国建设银行", "201": "国家开发银行",
        "202": "中国进出口银行", "203": "中国农业发展银行", "301": "交通银行", "302": "中信银行", "303": "中国光大银行", "304": "华夏银行",
        "305": "中国民生银行", "306": "广发银行", "307": "平安银行", "308": "招商银行", "309": "兴业银行", "310": "上海浦东发展银行", "313": "城市商业银行",
        "314": "农村商业银行", "315": "恒丰银行", "316": "浙商银行", "317": "农村合作银行", "318": "渤海银行", "319": "徽商银行", "320": "村镇银行",
        "322": "上海农村商业银行", "402": "农村信用社", "403": "中国邮政储蓄银行",
    ]
}
