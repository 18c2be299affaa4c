import ChineseIdentifiers
import Testing

/// An applicant with papers, and the way through the form.
struct Applicant: Sendable {
    var phone = "13655557777"
    var legalRepresentative = "司徒青岚"
    var idNumber = "330106199001019979"
    var contact = "欧阳惜墨"
    var contactPhone = "13588889999"
    var account = "6228480402564890018"
    var company = "杭州禾穗知食品有限公司"
    var category = "clothing"

    static let licence = PictureBytes.jpeg(width: 1_600, height: 1_200)

    /// Everything that may stand nowhere in the clear.
    var planted: [String] { [phone, legalRepresentative, idNumber, contact, contactPhone, account] }

    func teach(_ reader: ScriptedReader) {
        reader.say("统一社会信用代码", CreditCode.example.plain)
        reader.say("名称", company, confidence: 0.6)
        reader.say("类型", "有限责任公司")
        reader.say("法定代表人", legalRepresentative)
        reader.say("注册资本", "人民币壹佰万元整")
        reader.say("成立日期", "2015年08月13日")
        reader.say("住所", "杭州市西湖区禾光路1号")
        reader.say("经营范围", "服装服饰零售；食品销售；珠宝首饰零售")
    }

    /// Fills in the form up to the last page. Returns the application's address.
    func fill(_ visitor: Visitor, in house: House) async throws -> String {
        teach(house.reader)
        try await visitor.get("/applications")
        let first = try await visitor.post("/applications", [("_key", "create")])
        let id = try #require(first.id(after: "/applications/"))
        let path = "/applications/\(id)"
        try await visitor.upload(path + "/steps/licence", file: "file.licence.picture", Self.licence)
        try await house.settle()
        let confirm = try await visitor.get(path + "/steps/confirm")
        #expect(confirm.text.contains(company), "the picture filled the form")
        #expect(confirm.text.contains("请核对"), "a doubtful value is marked")
        try await visitor.post(path + "/steps/confirm", confirmed)
        try await visitor.post(
            path + "/steps/shop",
            [("shop.name", "禾穗知小铺"), ("shop.type", "ordinary"), ("shop.categories", category), ("go", "next")])
        try await visitor.post(path + "/steps/people", people)
        return path
    }

    var confirmed: [(String, String)] {
        [
            ("licence.creditCode", CreditCode.example.plain), ("licence.name", company), ("licence.type", "有限责任公司"),
            ("licence.legalRepresentative", legalRepresentative), ("licence.capital", "人民币壹佰万元整"),
            ("licence.establishedOn", "2015年08月13日"), ("licence.address", "杭州市西湖区禾光路1号"),
            ("licence.scope", "服装服饰零售；食品销售；珠宝首饰零售"), ("go", "next"),
        ]
    }

    var people: [(String, String)] {
        [
            ("legalRepresentative.idNumber", idNumber), ("contact.name", contact), ("contact.phone", contactPhone),
            ("settlement.bank", "招商银行杭州西湖支行"), ("settlement.accountNumber", account), ("go", "next"),
        ]
    }
}

enum PictureBytes {
    static let marker = "司徒青岚 on the picture"

    /// The structure of a baseline JPEG of this size, with a marker in place of its pixels.
    static func jpeg(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8]
        bytes += [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
        bytes += [1, 1, 0x11, 0]
        bytes += [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]
        return bytes + Array(marker.utf8) + [0xFF, 0xD9]
    }
}
