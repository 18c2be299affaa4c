import Testing

@testable import ChineseIdentifiers

/// Numbers that authorities and companies have published as samples.
@Suite("Published numbers")
struct PublishedNumbersTests {
    @Test(
        "Published samples are accepted",
        arguments: [
            ("uscc", "91440300708461136T", "91440300708461136T"), ("reg-no-15", "440301103448669", "440301103448669"),
            ("device-operation-3", "粤穗食药监械经营许20171161号", "粤穗食药监械经营许20171161号"),
            ("device-operation-2-filing", "京丰食药监械经营备20150159号", "京丰食药监械经营备20150159号"),
            ("drug-info-service", "(沪)-经营性-2018-0011", "(沪)-经营性-2018-0011"),
            ("device-filing-1", "国械备20151134号", "国械备20151134号"),
            ("device-filing-1", "浙温械备20140027号", "浙温械备20140027号"), ("drug-operation", "琼AA898000001", "琼AA898000001"),
            ("ccc", "2016010901123456", "2016010901123456"), ("health-food", "国食健注G20250288", "国食健注G20250288"),
            ("publication", "新出发滨字第0132号", "新出发滨字第0132号"),
            ("icp-filing", "京ICP备17008530号-3", "京ICP备17008530号-3"),
            ("value-added-telecom", "浙B2-20180376", "浙B2-20180376"),
            ("police-filing", "浙公网安备 33010602006438号", "浙公网安备33010602006438号"),
            ("disinfection", "赣卫消证字(2019)第0012号", "赣卫消证字（2019）第0012号"), ("taiwan-business", "04595257", "04595257"),
            ("organization-code", "70846113-6", "708461136"),
        ])
    func accepted(id: String, text: String, canonical: String) throws {
        let grammar = try #require(IdentifierGrammar.named(id))
        let check = grammar.check(text)
        #expect(check.canonical == canonical, "\(check.faults)")
        #expect(check.warnings.isEmpty)
    }

    @Test("Every grammar that a pack is likely to name exists")
    func names() {
        let wanted = [
            "uscc", "reg-no-15", "organization-code", "resident-id", "residence-card-hkmotw",
            "foreign-permanent-residence", "hkmo-permit", "taiwan-permit", "passport-cn", "passport-foreign",
            "person-name", "mobile", "landline", "bank-card", "corporate-account", "basic-account", "cnaps",
            "food-operation", "food-prepackaged-filing", "food-sale", "food-production", "health-food",
            "infant-formula", "special-medical-food", "ccc", "srrc", "network-access", "trademark", "gem-report", "cma",
            "cnas", "disinfection", "device-registration-2-3", "device-filing-1", "device-operation-3",
            "device-operation-2-filing", "drug-operation", "drug-info-service", "cosmetic-production",
            "cosmetic-registration", "cosmetic-filing", "cosmetic-product", "publication", "network-culture", "school",
            "travel-agency", "special-trade", "veterinary-drug-operation", "pesticide-operation", "permit-number",
            "icp-filing", "value-added-telecom", "police-filing", "hk-br", "hk-ci", "macao-registration",
            "taiwan-business", "overseas-registration",
        ]
        #expect(Set(wanted) == Set(IdentifierGrammar.all.map(\.id)))
    }
}
