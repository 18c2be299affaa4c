/// The convex hull of points (Andrew's monotone chain, 1979), without collinear points.
func convexHull(of points: [Point]) -> [Point] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return sorted }
    func chain(_ points: some Sequence<Point>) -> [Point] {
        var chain: [Point] = []
        for point in points {
            while chain.count >= 2 {
                let (before, last) = (chain[chain.count - 2], chain[chain.count - 1])
                guard (last - before).cross(point - before) <= 0 else { break }
                chain.removeLast()
            }
            chain.append(point)
        }
        return chain
    }
    return chain(sorted).dropLast() + chain(sorted.reversed()).dropLast()
}
