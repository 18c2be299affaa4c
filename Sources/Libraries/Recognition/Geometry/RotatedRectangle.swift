import Foundation

/// A rectangle at an angle: a line of text lies along `direction`, its feet on the side of `down`.
struct RotatedRectangle: Sendable, Hashable {
    var centre: Point
    /// Extent along `direction`.
    var width: Double
    var height: Double
    /// Unit vector of reading.
    var direction: Point

    var down: Point { Point(x: -direction.y, y: direction.x) }
    /// Radians, clockwise on screen, in -π…π.
    var angle: Double { atan2(direction.y, direction.x) }

    /// Upper left, upper right, lower right, lower left as seen by a reader of the text.
    var corners: [Point] {
        let (across, along) = (down * (height / 2), direction * (width / 2))
        return [centre - along - across, centre + along - across, centre + along + across, centre - along + across]
    }

    /// The smallest rectangle around points, by turning calipers around their hull; the long side is `width`.
    init?(enclosing points: [Point]) {
        let hull = convexHull(of: points)
        guard let first = hull.first else { return nil }
        var best: RotatedRectangle?
        for (index, corner) in hull.enumerated() {
            let edge = hull[(index + 1) % hull.count] - corner
            guard edge.length > 0 else { continue }
            // One side of the smallest rectangle lies on an edge of the hull (Freeman and Shapira, 1975).
            let candidate = RotatedRectangle(enclosing: hull, along: edge * (1 / edge.length))
            if candidate.width * candidate.height < best.map({ $0.width * $0.height }) ?? .infinity { best = candidate }
        }
        self = best ?? RotatedRectangle(centre: first, width: 0, height: 0, direction: Point(x: 1, y: 0))
        if height > width { self = readAlong(down) }
    }

    init(centre: Point, width: Double, height: Double, direction: Point) {
        self.centre = centre
        self.width = width
        self.height = height
        self.direction = direction
    }

    private init(enclosing hull: [Point], along direction: Point) {
        let normal = Point(x: -direction.y, y: direction.x)
        var (left, right, top, bottom) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for point in hull {
            let (along, across) = (point.dot(direction), point.dot(normal))
            (left, right) = (min(left, along), max(right, along))
            (top, bottom) = (min(top, across), max(bottom, across))
        }
        self.init(
            centre: direction * ((left + right) / 2) + normal * ((top + bottom) / 2),
            width: right - left, height: bottom - top, direction: direction)
    }

    /// The same rectangle, read along whichever of its four side directions is nearest to `wanted`.
    func readAlong(_ wanted: Point) -> RotatedRectangle {
        let quarter = abs(wanted.dot(direction)) < abs(wanted.dot(down))
        var turned = self
        if quarter {
            turned.direction = down
            (turned.width, turned.height) = (height, width)
        }
        if turned.direction.dot(wanted) < 0 { turned.direction = turned.direction * -1 }
        return turned
    }

    /// Each side moved outwards by area × ratio ÷ perimeter: the detector is trained on shrunken regions.
    func unclipped(by ratio: Double) -> RotatedRectangle {
        guard width + height > 0 else { return self }
        let margin = width * height * ratio / (2 * (width + height))
        var grown = self
        grown.width += margin * 2
        grown.height += margin * 2
        return grown
    }

    /// The part between two fractions of its width.
    func slice(from start: Double, to end: Double) -> RotatedRectangle {
        var part = self
        part.width = width * (end - start)
        part.centre = centre + direction * (width * ((start + end) / 2 - 0.5))
        return part
    }

    /// The same rectangle after a map of the plane that keeps lengths or scales them all alike.
    func mapped(scale: Double = 1, _ map: (Point) -> Point) -> RotatedRectangle {
        let moved = map(centre)
        let ahead = map(centre + direction) - moved
        return RotatedRectangle(
            centre: moved, width: width * scale, height: height * scale, direction: ahead * (1 / ahead.length))
    }
}
