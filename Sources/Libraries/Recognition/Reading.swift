package import Foundation

/// What a picture said: the kind of paper and its fields by their Chinese labels.
package struct Reading: Sendable {
    /// The papers the reader knows.
    package enum Kind: String, Sendable, Codable {
        case licence
        case unknown
    }

    package var kind: Kind
    /// Keyed by `LicenceField.rawValue`: 统一社会信用代码, 名称, 类型 and so on.
    package var fields: [String: Field]
    /// Degrees (0, 90, 180 or 270) by which the displayed picture must be turned clockwise to be read upright.
    package var rotation: Int
    /// Wall time spent on the picture.
    package var milliseconds: Int

    package init(kind: Kind, fields: [String: Field], rotation: Int, milliseconds: Int) {
        self.kind = kind
        self.fields = fields
        self.rotation = rotation
        self.milliseconds = milliseconds
    }

    /// One field as it was read.
    package struct Field: Sendable {
        package var value: String
        /// 0…1; values below `Reading.doubtful` are worth a second look by a person.
        package var confidence: Double
        /// Left, top, width and height as fractions of the picture as a browser displays it (EXIF turn applied).
        package var box: Box
        /// The part of the picture that was read, turned upright, as JPEG.
        package var crop: Data
        /// Whether a character was replaced because a check digit proved the first reading wrong.
        package var repaired: Bool

        package init(value: String, confidence: Double, box: Box, crop: Data, repaired: Bool) {
            self.value = value
            self.confidence = confidence
            self.box = box
            self.crop = crop
            self.repaired = repaired
        }
    }

    /// A rectangle in fractions of the displayed picture.
    package struct Box: Sendable, Hashable, Codable {
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double

        package init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    /// A field that was read wrongly should nearly always stay below this confidence.
    package static let doubtful = 0.85
}

/// The fields of a business licence, named as the licence prints them.
package enum LicenceField: String, Sendable, CaseIterable, Codable {
    case creditCode = "统一社会信用代码"
    case name = "名称"
    case type = "类型"
    case legalRepresentative = "法定代表人"
    case capital = "注册资本"
    case established = "成立日期"
    case address = "住所"
    case scope = "经营范围"
    case term = "营业期限"
}
