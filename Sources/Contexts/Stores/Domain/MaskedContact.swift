import CanonicalJSON

/// Whom the mall may ask about a shop, so far as it can be told without saying who it is.
struct MaskedContact: Sendable, Equatable {
    /// The first character and a star for each other; empty if nobody was named.
    let name: String
    /// Three digits, four stars, four digits; empty if there is none.
    let phone: String

    /// Takes the contact out of a submission's values.
    init(in values: JSONValue) {
        name = Self.name(values[["contact", "name"]]?.string ?? "")
        phone = Self.phone(values[["contact", "phone"]]?.string ?? "")
    }

    private static func name(_ text: String) -> String {
        text.prefix(1) + String(repeating: "*", count: min(3, max(0, text.count - 1)))
    }

    private static func phone(_ text: String) -> String {
        guard text.count > 7 else { return text.isEmpty ? "" : "****" }
        return text.prefix(3) + "****" + text.suffix(4)
    }

    /// `{"name", "phone"}`, each null where there is none.
    var json: JSONValue {
        ["name": name.isEmpty ? .null : .string(name), "phone": phone.isEmpty ? .null : .string(phone)]
    }
}
