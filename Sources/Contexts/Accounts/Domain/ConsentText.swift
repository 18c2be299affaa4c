/// The text by which an applicant agrees to the handling of personal data (PIPL 13, 14 and 17), in one version.
///
/// A change of the text is a new version, and a new version is agreed to anew (PIPL 14).
struct ConsentText: Sendable, Equatable, Codable {
    /// Such as `2026-01`; versions sort by their names.
    let version: String
    /// The day from which it holds, as pages show it.
    let effective: String
    let heading: String
    let sections: [Section]

    struct Section: Sendable, Equatable, Codable {
        let title: String
        let paragraphs: [String]
    }
}
