/// Internationalised host names of IDNA 2008 (RFC 5890 to 5893).
///
/// The rules for scripts and joining types use the ranges of the blocks concerned, not the whole Unicode tables; the
/// rules for mixed writing directions (RFC 5893) are not checked.
enum InternationalHostname {
    static func isValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        let labels = scalars.split(omittingEmptySubsequences: false) {
            [0x2E, 0x3002, 0xFF0E, 0xFF61].contains($0.value)
        }
        var length = -1
        for label in labels {
            let bytes = Array(String(String.UnicodeScalarView(label)).utf8)
            let isASCII = bytes.allSatisfy { $0 < 0x80 }
            if isASCII {
                guard isPlainLabel(bytes) else { return false }
                length += bytes.count + 1
            } else {
                let scalars = Array(label)
                guard isULabel(scalars), let encoded = Punycode.encode(scalars), encoded.count + 4 <= 63 else {
                    return false
                }
                length += encoded.count + 5
            }
        }
        return length <= 253
    }

    private static func isPlainLabel(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63, first != 0x2D, last != 0x2D,
            bytes.allSatisfy({ HostFormats.isLetterOrDigit($0) || $0 == 0x2D })
        else { return false }
        return !bytes.dropFirst(2).starts(with: "--".utf8) || isALabel(bytes)
    }

    /// `xn--` and the Punycode of a valid label that comes out the same when it is encoded again.
    static func isALabel(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 4, bytes.prefix(4).map({ $0 | 0x20 }).elementsEqual("xn\u{2D}\u{2D}".utf8) else {
            return false
        }
        let body = bytes.dropFirst(4).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard let scalars = Punycode.decode(body), scalars.contains(where: { !$0.isASCII }) else { return false }
        return isULabel(scalars) && Punycode.encode(scalars) == body
    }

    private static func isULabel(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let first = scalars.first, let last = scalars.last, first != "-", last != "-" else { return false }
        if scalars.count >= 4, scalars[2] == "-", scalars[3] == "-" { return false }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        return scalars.indices.allSatisfy { HostnameCharacter.isAllowed(scalars, at: $0) }
    }
}
