import Testing

@testable import ChineseIdentifiers

@Suite("Fixed line numbers")
struct LandlineNumberTests {
    @Test(
        "Fixed lines are read with area, country code, extension and service numbers",
        arguments: [
            ("0571-88889999", "0571-88889999"), ("057188889999", "0571-88889999"), ("（0571）8888 9999", "0571-88889999"),
            ("+86 571 8888 9999", "0571-88889999"), ("+86-0571-8888-9999", "0571-88889999"),
            ("0086-10-88889999", "010-88889999"), ("010 8888-9999 转 801", "010-88889999-801"),
            ("021-88889999#12", "021-88889999-12"), ("0571-88889999-801", "0571-88889999-801"),
            ("0576-8888999", "0576-8888999"), ("400-888-9999", "400-8889999"), ("4008889999转1", "400-8889999-1"),
            ("0998－8889999", "0998-8889999"),
        ])
    func read(text: String, canonical: String) throws {
        let number = try LandlineNumber(text)
        #expect(number.plain == canonical)
        #expect(try LandlineNumber(canonical) == number)
    }

    @Test(
        "Other texts are refused",
        arguments: [
            ("", LandlineNumber.Fault.area), ("8888 9999", .area), ("13800132468", .area), ("011-88889999", .area),
            ("0571-888899", .length), ("0571-888899990", .length), ("400-888-999", .length),
            ("0571-8888999x", .character),
            ("00852-88889999", .country), ("0571-88889999-8018018", .length), ("86", .area),
        ])
    func refused(text: String, fault: LandlineNumber.Fault) {
        #expect(throws: fault) { try LandlineNumber(text) }
    }
}
