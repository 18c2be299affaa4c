import Foundation

/// The page's own grid: `u` runs along the lines, `v` across them, so that two words printed on one line have one
/// `v` even when the photograph is tilted and in perspective.
///
/// The slope of the lines is taken as a linear function of the place, fitted to the lines themselves.
struct Flow {
    private let direction: Point
    private let middle: Double
    /// slope = constant + perU · u + perV · v
    private var constant = 0.0
    private var perU = 0.0
    private var perV = 0.0

    init(lines: [TextLine], direction: Point) {
        self.direction = direction
        let rotated = lines.map { line in Self.rotate(line.area.centre, by: direction) }
        middle = rotated.isEmpty ? 0 : rotated.reduce(0) { $0 + $1.x } / Double(rotated.count)
        var samples: [Sample] = []
        for (line, place) in zip(lines, rotated) where line.area.width > line.area.height * 4 {
            let ahead = Self.rotate(line.area.direction, by: direction)
            guard ahead.x > 0.8 else { continue }
            samples.append(Sample(place: place, slope: ahead.y / ahead.x, weight: line.area.width))
        }
        // Stamps and slogans run their own way: the second fit leaves out what the first one finds odd.
        fit(samples)
        let kept = samples.filter { abs($0.slope - slope(at: $0.place)) < 0.03 }
        fit(kept.count >= samples.count / 2 ? kept : samples)
    }

    func place(_ point: Point) -> (u: Double, v: Double) {
        let rotated = Self.rotate(point, by: direction)
        let halfway = Point(x: (rotated.x + middle) / 2, y: rotated.y)
        return (rotated.x, rotated.y - (rotated.x - middle) * slope(at: halfway))
    }

    /// The place in the picture of a place on the grid.
    func point(u: Double, v: Double) -> Point {
        // The slope depends on the height that is sought; two rounds settle it to a fraction of a pixel.
        var y = v
        for _ in 0..<3 { y = v + (u - middle) * slope(at: Point(x: (u + middle) / 2, y: y)) }
        return direction * u + Point(x: -direction.y, y: direction.x) * y
    }

    /// How far a direction leans from the lines around a place, as a slope.
    func lean(of area: RotatedRectangle) -> Double {
        let ahead = Self.rotate(area.direction, by: direction)
        guard abs(ahead.x) > 0.01 else { return .infinity }
        return abs(ahead.y / ahead.x - slope(at: Self.rotate(area.centre, by: direction)))
    }

    private struct Sample {
        var place: Point
        var slope: Double
        var weight: Double
    }

    private static func rotate(_ point: Point, by direction: Point) -> Point {
        Point(x: point.dot(direction), y: direction.cross(point))
    }

    private func slope(at place: Point) -> Double { constant + perU * (place.x - middle) + perV * place.y }

    /// Weighted least squares in three unknowns; with few lines only the constant is trusted.
    private mutating func fit(_ samples: [Sample]) {
        (constant, perU, perV) = (0, 0, 0)
        let total = samples.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return }
        let mean = samples.reduce(0) { $0 + $1.weight * $1.slope } / total
        let (u, v) = (
            samples.reduce(0) { $0 + $1.weight * ($1.place.x - middle) } / total,
            samples.reduce(0) { $0 + $1.weight * $1.place.y } / total
        )
        var (uu, uv, vv, us, vs) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for sample in samples {
            let (du, dv, ds) = (sample.place.x - middle - u, sample.place.y - v, sample.slope - mean)
            uu += sample.weight * du * du
            uv += sample.weight * du * dv
            vv += sample.weight * dv * dv
            us += sample.weight * du * ds
            vs += sample.weight * dv * ds
        }
        // A little ridge keeps a page with all its lines in one column from inventing a perspective.
        let ridge = 0.02 * (uu + vv) + 1e-9
        let determinant = (uu + ridge) * (vv + ridge) - uv * uv
        if samples.count >= 5, determinant > 0 {
            perU = (us * (vv + ridge) - vs * uv) / determinant
            perV = (vs * (uu + ridge) - us * uv) / determinant
        }
        constant = mean - perU * u - perV * v
    }
}
