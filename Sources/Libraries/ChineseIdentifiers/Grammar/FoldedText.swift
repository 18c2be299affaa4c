/// A typed number that may hold Chinese characters, as scalars in one spelling: half-width capitals, one kind of
/// hyphen and bracket, no spaces, no invisible characters.
///
/// Reading stops after `limit` scalars, so the cost is bounded by the text and the memory is constant.
struct FoldedText {
    private(set) var scalars: [Unicode.Scalar] = []

    /// - Parameter keepsHyphens: Whether hyphens are part of the number rather than decoration.
    init(_ text: String, keepsHyphens: Bool = true, limit: Int = 80) {
        for scalar in text.unicodeScalars {
            guard let folded = Self.fold(scalar), keepsHyphens || folded != "-" else { continue }
            scalars.append(folded)
            if scalars.count == limit { return }
        }
    }

    /// Nil for characters that are dropped.
    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x61...0x7A: Unicode.Scalar(scalar.value - 0x20)
        case 0x5B, 0x7B: "("
        case 0x5D, 0x7D: ")"
        case 0x21...0x7E: scalar
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).flatMap(fold)
        case 0x2010...0x2015, 0x2212, 0x30FC: "-"
        case 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016: "("
        case 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017: ")"
        // Byte order mark, zero-width characters and direction marks that copying brings along.
        case 0xFEFF, 0x200B...0x200F, 0x202A...0x202E, 0x2060: nil
        default: scalar.properties.isWhitespace ? nil : traditional[scalar] ?? scalar
        }
    }

    /// Traditional forms in which some of the words of permit numbers are printed.
    private static let traditional: [Unicode.Scalar: Unicode.Scalar] = [
        "號": "号", "證": "证", "經": "经", "營": "营", "備": "备", "許": "许", "藥": "药", "監": "监", "國": "国", "網": "网",
        "進": "进", "準": "准", "妝": "妆",
    ]
}
