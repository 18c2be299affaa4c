/// Things of which one is expected, in Chinese: G、J 或 K.
struct Alternatives {
    let words: String

    init(_ items: [String]) {
        guard let last = items.last, items.count > 1 else {
            words = items.first ?? ""
            return
        }
        words = items.dropLast().joined(separator: "、").spacedAfter + "或" + last.spacedBefore
    }
}

extension String {
    /// With a space before a Latin beginning, as Chinese type sets it.
    var spacedBefore: String { first?.isASCII == true ? " " + self : self }

    /// With a space after a Latin end.
    var spacedAfter: String { last?.isASCII == true ? self + " " : self }
}
