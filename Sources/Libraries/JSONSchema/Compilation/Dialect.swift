/// Which vocabularies the schemas of a resource use.
struct Dialect: Hashable {
    var hasApplicators = true
    var hasUnevaluated = true
    var hasValidation = true
    /// Whether the dialect itself lets `format` refuse texts.
    var assertsFormat = false

    /// Draft 2020-12 as it is.
    static let standard = Dialect()
    static let standardURI = "https://json-schema.org/draft/2020-12/schema"

    private static let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    private static let known: Set = [
        "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "format-assertion",
        "content",
    ]

    private init() {}

    /// The dialect of a meta-schema's `$vocabulary`; nil, and the name, when one that it requires is unknown.
    init(vocabularies: [(uri: String, isRequired: Bool)]) throws(UnknownVocabulary) {
        var names: Set<String> = []
        for (uri, isRequired) in vocabularies {
            let name = uri.hasPrefix(Self.prefix) ? String(uri.dropFirst(Self.prefix.count)) : ""
            if Self.known.contains(name) {
                names.insert(name)
            } else if isRequired {
                throw UnknownVocabulary(uri: uri)
            }
        }
        hasApplicators = names.contains("applicator")
        hasUnevaluated = names.contains("unevaluated")
        hasValidation = names.contains("validation")
        assertsFormat = names.contains("format-assertion")
    }

    struct UnknownVocabulary: Error { let uri: String }
}
