/// A place in a picture, in pixels; the origin is the upper left corner of the upper left pixel.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double

    static func + (left: Point, right: Point) -> Point { Point(x: left.x + right.x, y: left.y + right.y) }
    static func - (left: Point, right: Point) -> Point { Point(x: left.x - right.x, y: left.y - right.y) }
    static func * (point: Point, factor: Double) -> Point { Point(x: point.x * factor, y: point.y * factor) }

    var length: Double { (x * x + y * y).squareRoot() }
    func dot(_ other: Point) -> Double { x * other.x + y * other.y }
    /// Positive when `other` lies clockwise of this direction on screen, where y grows downwards.
    func cross(_ other: Point) -> Double { x * other.y - y * other.x }
}
