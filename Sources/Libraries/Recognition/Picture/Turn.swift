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
}
