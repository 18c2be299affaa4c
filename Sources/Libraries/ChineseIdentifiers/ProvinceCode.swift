/// The first two digits of division codes (GB/T 2260).
enum ProvinceCode {
    /// Mainland provinces, then Taiwan, Hong Kong and Macao.
    private static let provinces: Set = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44",
        "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    ]

    /// Whether a code of six digits lies in a known province, or is that of the national authorities, 100000.
    static func isKnown(_ division: String) -> Bool {
        division == "100000" || provinces.contains(String(division.prefix(2)))
    }
}
