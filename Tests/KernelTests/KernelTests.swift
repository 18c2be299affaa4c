import Kernel
import Testing

@Suite("Kernel")
struct KernelTests {
    @Test("Ids sort by the time they were made")
    func idOrder() {
        let early = ID<Int>.new(at: .example)
        let late = ID<Int>.new(at: .example + .milliseconds(1))
        #expect(early < late)
        #expect(ID<Int>(early.text) == early)
    }

    @Test(
        "Text that is no id is refused",
        arguments: [
            "", "x", "01J", String(repeating: "u", count: 26), String(repeating: "0", count: 27),
            "../../etc/passwd/aaaaaaaaaa",
        ])
    func noID(text: String) {
        #expect(ID<Int>(text) == nil)
    }

    @Test(
        "A moment is told in UTC and read off a clock in Shanghai",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00Z", "1月1日 08:00"),
            (Int64(951_782_400_000), "2000-02-29T00:00:00Z", "2月29日 08:00"),
            (Int64(1_772_352_000_000), "2026-03-01T08:00:00Z", "3月1日 16:00"),
            (Int64(1_798_732_799_999), "2026-12-31T15:59:59Z", "12月31日 23:59"),
            (Int64(-1), "1969-12-31T23:59:59Z", "1月1日 07:59"),
        ])
    func calendar(milliseconds: Int64, utc: String, shanghai: String) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.iso8601 == utc)
        #expect(instant.shortChinese == shanghai)
    }

    @Test(
        "Money is shown with its separators",
        arguments: [(Int64(0), "¥0.00"), (5_000_000, "¥50,000.00"), (123, "¥1.23"), (-100_000_001, "-¥1,000,000.01")])
    func money(fen: Int64, text: String) {
        #expect(Money(fen: fen).display == text)
    }
}
