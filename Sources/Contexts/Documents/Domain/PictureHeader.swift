package import Kernel

/// The formats that are accepted, told by their first bytes and never by their name.
package enum PictureFormat: String, Sendable, Codable {
    case jpeg = "image/jpeg"
    case png = "image/png"
}

/// Why a file is not taken. The raw value is the stable code.
package enum UploadRefusal: String, ProblemConvertible {
    case empty = "picture.empty"
    case tooLarge = "picture.too_large"
    case notAPicture = "picture.unknown_format"
    case heic = "picture.heic"
    case damaged = "picture.damaged"
    case tooSmall = "picture.too_small"
    case tooManyPixels = "picture.too_many_pixels"

    package var message: String {
        switch self {
        case .empty: "没有收到照片"
        case .tooLarge: "照片超过 12 MB"
        case .notAPicture: "这个文件不是照片"
        case .heic: "暂时不能读 HEIC 格式的照片"
        case .damaged: "照片文件不完整"
        case .tooSmall: "照片太小，字看不清"
        case .tooManyPixels: "照片尺寸过大"
        }
    }

    package var hint: String {
        switch self {
        case .empty: "请拍一张或选一张照片再点下一步"
        case .tooLarge: "用手机直接拍的照片就可以，不要用扫描原图"
        case .notAPicture: "请上传 JPG、PNG 或 HEIC 照片"
        case .heic: "请在相机设置里选“兼容性最佳”，或把照片截图后上传"
        case .damaged: "请重新拍一张或换一张照片"
        case .tooSmall: "短边至少 400 像素，请靠近一些重新拍"
        case .tooManyPixels: "请用手机直接拍的照片，最多 5000 万像素"
        }
    }

    package var problem: Problem { Problem(.unprocessable, code: rawValue, title: message, hint: hint) }
}

/// What a picture's structure says about it. Nothing is decoded here: hostile pictures meet the decoder only in
/// processes of their own.
package struct PictureHeader: Sendable, Equatable {
    package let format: PictureFormat
    package let width: Int
    package let height: Int
    /// How many of the bytes are the picture; what follows them is not kept.
    package let length: Int

    package static let mostBytes = 12 * 1_024 * 1_024
    package static let mostPixels = 50_000_000
    private static let leastSide = 400

    package init(_ bytes: some RandomAccessCollection<UInt8>) throws(UploadRefusal) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.mostBytes else { throw .tooLarge }
        let reader = ByteReader(bytes)
        let size: (width: Int, height: Int)?
        let end: Int?
        if reader.has([0xFF, 0xD8, 0xFF], at: 0) {
            format = .jpeg
            size = reader.jpegSize()
            end = PictureExtent.ofJPEG(Array(bytes))
        } else if reader.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) {
            format = .png
            size = reader.pngSize()
            end = PictureExtent.ofPNG(Array(bytes))
        } else {
            throw reader.isHEIC ? .heic : .notAPicture
        }
        // Its size is told first: what is far too large is not also called damaged.
        guard let size, size.width > 0, size.height > 0 else { throw .damaged }
        // Divided, because the product of two 32-bit sides may not fit.
        guard size.width <= Self.mostPixels / size.height else { throw .tooManyPixels }
        guard min(size.width, size.height) >= Self.leastSide else { throw .tooSmall }
        guard let end else { throw .damaged }
        (width, height, length) = (size.width, size.height, end)
    }
}

/// Looks at bytes by position; positions outside hold nothing.
private struct ByteReader {
    private let bytes: [UInt8]

    /// The size of a JPEG stands within its first segments; 256 KB are enough for any camera's metadata.
    init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes.prefix(262_144)) }

    func has(_ signature: [UInt8], at position: Int) -> Bool {
        bytes.count >= position + signature.count
            && bytes[position..<(position + signature.count)].elementsEqual(signature)
    }

    var isHEIC: Bool {
        guard has(Array("ftyp".utf8), at: 4) else { return false }
        return ["heic", "heix", "heim", "heis", "mif1", "msf1", "hevc"].contains { has(Array($0.utf8), at: 8) }
    }

    /// ISO 15948: the IHDR chunk comes first.
    func pngSize() -> (width: Int, height: Int)? {
        guard has(Array("IHDR".utf8), at: 12), let width = number(at: 16, bytes: 4),
            let height = number(at: 20, bytes: 4)
        else { return nil }
        return (width, height)
    }

    /// ITU-T T.81: the size stands in the first start-of-frame segment.
    func jpegSize() -> (width: Int, height: Int)? {
        var position = 2
        while let marker = number(at: position, bytes: 2), marker >> 8 == 0xFF {
            let code = marker & 0xFF
            if code == 0xFF {
                position += 1
                continue
            }
            let isFrame = (0xC0...0xCF).contains(code) && ![0xC4, 0xC8, 0xCC].contains(code)
            if isFrame, let height = number(at: position + 5, bytes: 2), let width = number(at: position + 7, bytes: 2)
            {
                return (width, height)
            }
            guard let length = number(at: position + 2, bytes: 2), length >= 2 else { return nil }
            position += 2 + length
        }
        return nil
    }

    private func number(at position: Int, bytes count: Int) -> Int? {
        guard position >= 0, position + count <= bytes.count else { return nil }
        return bytes[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
