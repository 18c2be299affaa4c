/// An address of the Internet Protocol: four bytes or sixteen.
struct NetworkAddress: Sendable, Hashable {
    let bytes: [UInt8]

    /// Whether it belongs to a machine of the public internet, by the special-purpose registries of RFC 6890 and its
    /// updates (https://www.iana.org/assignments/iana-ipv4-special-registry, …-ipv6-special-registry). What is not
    /// known to be public is not: a webhook must not reach what only this machine can reach.
    var isPublic: Bool {
        switch bytes.count {
        case 4: !Self.specialIPv4.contains { bytes.starts(with: $0.bytes, bits: $0.bits) }
        case 16:
            bytes.starts(with: [0x20], bits: 3)
                && !Self.specialIPv6.contains { bytes.starts(with: $0.bytes, bits: $0.bits) }
        default: false
        }
    }

    private typealias Range = (bytes: [UInt8], bits: Int)

    private static let specialIPv4: [Range] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16),
        ([192, 175, 48], 24), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]
    /// Within 2000::/3. Addresses that carry another one inside (6to4, Teredo) are among them.
    private static let specialIPv6: [Range] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16),
        ([0x26, 0x20, 0x00, 0x4F, 0x80, 0x00], 48), ([0x3F, 0xFF, 0x00], 20),
    ]
}

extension [UInt8] {
    /// Whether the first `bits` bits are those of `other`.
    fileprivate func starts(with other: [UInt8], bits: Int) -> Bool {
        for bit in 0..<bits {
            let (place, mask) = (bit / 8, UInt8(0x80) >> UInt8(bit % 8))
            guard self[place] & mask == (place < other.count ? other[place] : 0) & mask else { return false }
        }
        return true
    }
}
