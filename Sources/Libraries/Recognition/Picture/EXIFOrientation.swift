/// Finds the orientation a camera noted in a JPEG. Anything odd counts as "none": a wrong guess is mended later by
/// reading the text, a crash is not.
enum EXIFOrientation {
    static func turn(ofJPEG bytes: UnsafeRawBufferPointer) -> Turn {
        var at = 2
        while at + 4 <= bytes.count, bytes[at] == 0xFF {
            let marker = bytes[at + 1]
            // Start of scan: metadata never follows the picture itself.
            if marker == 0xDA || marker == 0xD9 { return .none }
            if marker == 0xFF || marker == 0x01 || (0xD0...0xD7).contains(marker) {
                at += marker == 0xFF ? 1 : 2
                continue
            }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            let end = at + 2 + length
            guard length >= 2, end <= bytes.count else { return .none }
            if marker == 0xE1, let turn = orientation(in: UnsafeRawBufferPointer(rebasing: bytes[(at + 4)..<end])) {
                return turn
            }
            at = end
        }
        return .none
    }

    private static func orientation(in segment: UnsafeRawBufferPointer) -> Turn? {
        guard segment.count >= 14, segment.prefix(6).elementsEqual([0x45, 0x78, 0x69, 0x66, 0, 0]) else { return nil }
        let tiff = UnsafeRawBufferPointer(rebasing: segment.dropFirst(6))
        let isLittleEndian = tiff[0] == 0x49
        func number(_ offset: Int, bytes count: Int) -> Int? {
            guard offset >= 0, offset <= tiff.count - count else { return nil }
            return (0..<count).reduce(0) { sum, index in
                sum << 8 | Int(tiff[offset + (isLittleEndian ? count - 1 - index : index)])
            }
        }
        guard let directory = number(4, bytes: 4), let entries = number(directory, bytes: 2) else { return nil }
        for index in 0..<entries {
            let entry = directory + 2 + index * 12
            guard let tag = number(entry, bytes: 2) else { return nil }
            if tag == 0x0112 {
                return number(entry + 8, bytes: 2).flatMap(Turn.init(rawValue:))
            }
        }
        return nil
    }
}
