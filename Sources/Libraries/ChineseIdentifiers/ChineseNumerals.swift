/// Chinese figures in everyday and in financial (tamper-proof) writing.
enum ChineseNumerals {
    /// The value of a digit such as 三 or 叁, nil for other characters.
    static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "〇", "零", "○", "◯": 0
        case "一", "壹", "弌": 1
        case "二", "贰", "貳", "两", "兩": 2
        case "三", "叁", "叄", "參": 3
        case "四", "肆": 4
        case "五", "伍": 5
        case "六", "陆", "陸": 6
        case "七", "柒": 7
        case "八", "捌": 8
        case "九", "玖": 9
        default: nil
        }
    }

    /// The value of a unit inside a group of four digits: 十, 百 or 千.
    static func smallUnit(_ scalar: Unicode.Scalar) -> Int128? {
        switch scalar {
        case "十", "拾": 10
        case "百", "佰": 100
        case "千", "仟": 1_000
        default: nil
        }
    }

    /// The value of a unit that closes a group: 万 or 亿.
    static func groupUnit(_ scalar: Unicode.Scalar) -> Int128? {
        switch scalar {
        case "万", "萬": 10_000
        case "亿", "億": 100_000_000
        default: nil
        }
    }
}
