/// Which characters a label may have, and beside which others (RFC 5892).
enum HostnameCharacter {
    static func isAllowed(_ label: [Unicode.Scalar], at place: Int) -> Bool {
        let scalar = label[place]
        let before = place > 0 ? label[place - 1] : nil
        let after = place + 1 < label.count ? label[place + 1] : nil
        switch scalar.value {
        // Allowed by exception.
        case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
        // Forbidden by exception.
        case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
        // Allowed in some company only.
        case 0xB7: return before == "l" && after == "l"
        case 0x375: return after.map { isIn(greek, $0) } ?? false
        case 0x5F3, 0x5F4: return before.map { isIn(hebrew, $0) } ?? false
        case 0x30FB: return label.contains { isIn(japanese, $0) && $0.value != 0x30FB }
        case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
        case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
        case 0x200D: return isVirama(before)
        case 0x200C: return isVirama(before) || joins(label, around: place)
        default: return isPlain(scalar)
        }
    }

    /// Letters, digits and marks that normalisation and case folding leave alone.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == "-" || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint || (0x1100...0x11FF).contains(scalar.value) { return false }
        switch properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: break
        default: return false
        }
        let text = String(scalar)
        return properties.lowercaseMapping == text && !isCompatibilityForm(scalar)
    }

    /// Width variants and presentation forms, which normalise to other characters.
    private static func isCompatibilityForm(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAA, 0xBA, 0x2B0...0x2B8, 0x2E0...0x2E4, 0x1D2C...0x1D6A, 0x2071...0x209C, 0x2100...0x214F,
            0x3130...0x318F,
            0xF900...0xFAFF, 0xFB00...0xFDFF, 0xFE70...0xFEFE, 0xFF00...0xFFEF, 0x1D400...0x1D7FF, 0x1EE00...0x1EEFF,
            0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    private static func isVirama(_ scalar: Unicode.Scalar?) -> Bool {
        scalar?.properties.canonicalCombiningClass == .virama
    }

    /// Letters that join on the left before, and on the right after, with only marks between (appendix A.1).
    private static func joins(_ label: [Unicode.Scalar], around place: Int) -> Bool {
        let isMark = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .nonspacingMark }
        guard let before = label[..<place].last(where: { !isMark($0) }),
            let after = label[(place + 1)...].first(where: { !isMark($0) })
        else { return false }
        return isIn(cursive, before) && !isRightJoining(before) && isIn(cursive, after)
    }

    private static func isRightJoining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677, 0x688...0x699, 0x6C0,
            0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6D5, 0x6EE, 0x6EF:
            true
        default: false
        }
    }

    private static let greek: [ClosedRange<UInt32>] = [0x370...0x3FF, 0x1F00...0x1FFF]
    private static let hebrew: [ClosedRange<UInt32>] = [0x591...0x5F4, 0xFB1D...0xFB4F]
    private static let japanese: [ClosedRange<UInt32>] = [
        0x3005...0x3007, 0x3041...0x309F, 0x30A1...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0x20000...0x323AF,
    ]
    /// Arabic, Syriac and Mongolian letters.
    private static let cursive: [ClosedRange<UInt32>] = [
        0x620...0x64A, 0x66E...0x6D3, 0x6D5...0x6D5, 0x6EE...0x6FF, 0x710...0x77F, 0x7CA...0x7EA, 0x8A0...0x8C7,
        0x1820...0x18AA,
    ]

    private static func isIn(_ ranges: [ClosedRange<UInt32>], _ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
    }
}
