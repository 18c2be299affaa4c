/// Turns a map of text probabilities into rectangles: threshold, connected components, smallest rectangle, growth.
struct TextRegions {
    let probabilities: UnsafeBufferPointer<Float>
    let width: Int
    let height: Int

    /// The detector's own settings (PP-OCR: thresh, box_thresh, unclip_ratio, max_candidates).
    private static let threshold: Float = 0.3
    private static let minimumScore: Float = 0.5
    private static let growth = 1.6
    private static let limit = 1000

    func rectangles() -> [RotatedRectangle] {
        var mask = dilatedMask()
        var found: [RotatedRectangle] = []
        for start in mask.indices where mask[start] && found.count < Self.limit {
            let outline = takeComponent(from: start, in: &mask)
            guard let rectangle = RotatedRectangle(enclosing: outline), rectangle.height >= 3,
                meanProbability(in: rectangle) >= Self.minimumScore
            else { continue }
            found.append(rectangle.unclipped(by: Self.growth))
        }
        return found
    }

    /// Pixels above the threshold, each spread to the right and below, which joins strokes that nearly touch.
    private func dilatedMask() -> [Bool] {
        var mask = [Bool](repeating: false, count: width * height)
        for y in 0..<height {
            for x in 0..<width where probabilities[y * width + x] > Self.threshold {
                let at = y * width + x
                mask[at] = true
                if x + 1 < width { mask[at + 1] = true }
                if y + 1 < height { mask[at + width] = true }
                if x + 1 < width, y + 1 < height { mask[at + width + 1] = true }
            }
        }
        return mask
    }

    /// Clears the 8-connected component at `start` and returns the ends of its runs along each row.
    private func takeComponent(from start: Int, in mask: inout [Bool]) -> [Point] {
        var outline: [Point] = []
        var pending = [start]
        while let seed = pending.popLast() {
            guard mask[seed] else { continue }
            let row = seed / width * width
            var (left, right) = (seed, seed)
            while left > row, mask[left - 1] { left -= 1 }
            while right + 1 < row + width, mask[right + 1] { right += 1 }
            for at in left...right { mask[at] = false }
            let y = Double(row / width)
            outline += [
                Point(x: Double(left - row), y: y), Point(x: Double(right - row + 1), y: y),
                Point(x: Double(left - row), y: y + 1), Point(x: Double(right - row + 1), y: y + 1),
            ]
            let (from, to) = (max(left - 1, row), min(right + 1, row + width - 1))
            for neighbour in [row - width, row + width] where neighbour >= 0 && neighbour < mask.count {
                for at in (from - row + neighbour)...(to - row + neighbour) where mask[at] { pending.append(at) }
            }
        }
        return outline
    }

    private func meanProbability(in rectangle: RotatedRectangle) -> Float {
        let corners = rectangle.corners
        let (left, right) = (corners.map(\.x).min() ?? 0, corners.map(\.x).max() ?? 0)
        let (top, bottom) = (corners.map(\.y).min() ?? 0, corners.map(\.y).max() ?? 0)
        var (sum, count) = (Float(0), 0)
        for y in max(0, Int(top))..<max(1, min(height, Int(bottom) + 1)) {
            for x in max(0, Int(left))..<max(1, min(width, Int(right) + 1)) {
                let away = Point(x: Double(x) + 0.5, y: Double(y) + 0.5) - rectangle.centre
                guard abs(away.dot(rectangle.direction)) <= rectangle.width / 2,
                    abs(away.dot(rectangle.down)) <= rectangle.height / 2
                else { continue }
                sum += probabilities[y * width + x]
                count += 1
            }
        }
        return count == 0 ? 0 : sum / Float(count)
    }
}
