import Testing

@testable import ChineseIdentifiers

@Suite("Names of people")
struct PersonNameTests {
    @Test(
        "Names are accepted in their normal form",
        arguments: [
            ("王明", "王明"), (" 王 小 明 ", "王小明"), ("阿依古丽•买买提", "阿依古丽·买买提"), ("阿卜杜拉・热合曼", "阿卜杜拉·热合曼"),
            ("𬱖𬳵", "𬱖𬳵"), ("张〇", "张〇"), ("JOHN  SMITH", "JOHN SMITH"), ("O’Brien, Mary-Ann", "O'Brien, Mary-Ann"),
            ("José Núñez Jr.", "José Núñez Jr."), ("葛\u{E0100}明", "葛明"), ("Ｌｉ Ｍｉｎｇ", "Li Ming"),
        ])
    func valid(text: String, expected: String) throws {
        let name = try PersonName(text)
        #expect(name.plain.utf8.elementsEqual(expected.utf8))
        #expect(try PersonName(name.plain) == name)
    }

    @Test(
        "Other texts are refused with a reason",
        arguments: [
            ("王", PersonName.Fault.length), ("", .length), (String(repeating: "王", count: 51), .length),
            ("王明1", .character), ("王明（先生）", .character), ("王<b>", .character), ("王\u{0}明", .character),
            ("王Ming", .mixed), ("·王明", .dot), ("王明·", .dot), ("王··明", .dot), ("--", .dot), ("😀😀", .character),
        ])
    func invalid(text: String, fault: PersonName.Fault) {
        #expect(throws: fault) { try PersonName(text) }
    }

    @Test("Fifty characters are still a name")
    func longest() throws {
        #expect(try PersonName(String(repeating: "王", count: 50)).plain.count == 50)
    }

    @Test(
        "The mask keeps first and last",
        arguments: [
            ("王明", "王*"), ("王小明", "王*明"), ("欧阳小明", "欧**明"), ("阿依古丽·买买提", "阿***·**提"), ("JOHN SMITH", "J*** ****H"),
        ])
    func masked(text: String, expected: String) throws {
        #expect(try PersonName(text).masked == expected)
    }
}
