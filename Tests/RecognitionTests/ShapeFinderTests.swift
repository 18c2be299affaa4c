import Testing

@testable import Recognition

@Suite("Values without a legible label")
struct ShapeFinderTests {
    @Test(
        "A value is known by what it looks like",
        arguments: [
            (LicenceField.established, "2012年08月22日", true), (.established, "2012年08月22日至长期", false),
            (.capital, "壹拾万元整", true), (.capital, "人民币贰佰万元整", true), (.capital, "元旦", false),
            (.type, "有限责任公司(自然人投资或控股)", true), (.type, "深圳市半亩塘服饰有限公司", false),
            (.name, "深圳市半亩塘服饰有限公司", true), (.name, "有限责任公司", false), (.name, "登记机关", false),
            (.address, "深圳市南山区听松路700号3幢25层857室", true), (.address, "深圳市半亩塘服饰有限公司", false),
            (.legalRepresentative, "孙文", false),
        ])
    func shapes(field: LicenceField, text: String, fits: Bool) {
        #expect(ShapeFinder.looksRight(text, field) == fits)
    }
}
