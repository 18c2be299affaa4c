/// A turn or flip of a picture. Raw values are those of the EXIF tag 0x0112 (EXIF 2.32, 4.6.4).
enum Turn: Int, Sendable {
    case none = 1
    case flipHorizontally = 2
    case half = 3
    case flipVertically = 4
    case transpose = 5
    /// A quarter clockwise makes the stored picture upright.
    case clockwise = 6
    case transverse = 7
    case anticlockwise = 8

    /// The turn by a clockwise angle of 0, 90, 180 or 270 degrees.
    init(degrees: Int) {
        switch ((degrees % 360) + 360) % 360 {
        case 90: self = .clockwise
        case 180: self = .half
        case 270: self = .anticlockwise
        default: self = .none
        }
    }

    var swapsSides: Bool { rawValue >= Turn.transpose.rawValue }

    /// The stored pixel that lands at (x, y) of the turned picture; `width` and `height` are the stored ones.
    func source(ofX x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
        switch self {
        case .none: (x, y)
        case .flipHorizontally: (width - 1 - x, y)
        case .half: (width - 1 - x, height - 1 - y)
        case .flipVertically: (x, height - 1 - y)
        case .transpose: (y, x)
        case .clockwise: (y, height - 1 - x)
        case .transverse: (width - 1 - y, height - 1 - x)
        case .anticlockwise: (width - 1 - y, x)
        }
    }

    /// Where a point of a turned picture lay before, in continuous coordinates; for quarter turns only.
    func undo(_ point: Point, width: Double, height: Double) -> Point {
        switch self {
        case .clockwise: Point(x: point.y, y: height - point.x)
        case .half: Point(x: width - point.x, y: height - point.y)
        case .anticlockwise: Point(x: width - point.y, y: point.x)
        default: point
        }
    }

    /// Where a point of the stored picture lands, in continuous coordinates; for quarter turns only.
    func apply(_ point: Point, width: Double, height: Double) -> Point {
        switch self {
        case .clockwise: Point(x: height - point.y, y: point.x)
        case .half: Point(x: width - point.x, y: height - point.y)
        case .anticlockwise: Point(x: point.y, y: width - point.x)
        default: point
        }
    }
}
