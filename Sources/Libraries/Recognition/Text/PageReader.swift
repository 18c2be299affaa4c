import Foundation

/// All lines of a picture, read along the page's own direction.
struct Page {
    var lines: [TextLine]
    /// Unit vector along which the page is read, in pixels of the displayed picture.
    var direction: Point

    /// The quarter turns clockwise, in degrees, that bring the page upright.
    var rotation: Int {
        if abs(direction.x) >= abs(direction.y) { return direction.x >= 0 ? 0 : 180 }
        return direction.y > 0 ? 270 : 90
    }
}

/// Finds and reads every line of a picture, however the picture is turned.
final class PageReader {
    let detector: TextDetector
    let recogniser: TextRecogniser

    /// A photograph of a crowded shelf must not keep the reader busy for a minute.
    private static let maximumLines = 160
    private static let maximumSecondOpinions = 10

    init(detector: TextDetector, recogniser: TextRecogniser) {
        self.detector = detector
        self.recogniser = recogniser
    }

    /// Prepares the usual shapes on an empty picture.
    func warmUp(_ sampler: Sampler) throws(RecognitionError) {
        _ = try detector.regions(in: sampler.pyramid, ink: .withoutRed)
        for width in stride(from: 100.0, through: 1000, by: 75) {
            let area = RotatedRectangle(
                centre: Point(x: 600, y: 400), width: width, height: 48, direction: Point(x: 1, y: 0))
            _ = try recogniser.read(area, in: sampler, ink: .withoutRed)
        }
    }

    func read(_ sampler: Sampler, ink: Ink) throws(RecognitionError) -> Page {
        let found = try detector.regions(in: sampler.pyramid, ink: ink)
        let largest = Self.worthReading(found).sorted { $0.width * $0.height > $1.width * $1.height }
            .prefix(Self.maximumLines)
        let axis = PageDirection.axis(of: Array(largest))
        let direction = try readingDirection(along: axis, of: Array(largest), in: sampler, ink: ink)
        var lines: [TextLine] = []
        for region in largest {
            lines.append(try recogniser.read(region.readAlong(direction), in: sampler, ink: ink))
        }
        return Page(lines: lines.filter { !$0.glyphs.isEmpty }, direction: direction)
    }

    /// All but the small print: hints beside the code of squares and addresses at the foot are no fields, and reading
    /// them would take a fifth of the time.
    private static func worthReading(_ regions: [RotatedRectangle]) -> [RotatedRectangle] {
        // Every line counts by its length, so that many short specks do not decide what is small.
        let byHeight = regions.sorted { $0.height < $1.height }
        let half = byHeight.reduce(0) { $0 + $1.width } / 2
        var passed = 0.0
        let usual = byHeight.first { region in
            passed += region.width
            return passed >= half
        }
        return regions.filter { $0.height >= 0.58 * (usual?.height ?? 0) }
    }

    /// Reads doubtful lines again in full colour: coloured light and coloured print are dark in the red channel too.
    func secondOpinions(on lines: [TextLine], in sampler: Sampler) throws(RecognitionError) -> [TextLine] {
        var lines = lines
        let doubtful = lines.indices.filter { lines[$0].lowestLetter < 0.85 }
            .sorted { lines[$0].glyphs.count > lines[$1].glyphs.count }
        for index in doubtful.prefix(Self.maximumSecondOpinions) {
            let second = try recogniser.read(lines[index].area, in: sampler, ink: .colour)
            lines[index] = lines[index].weighed(against: second)
        }
        return lines
    }

    /// Reads a few lines both ways: text that is upside down makes no sense to the recogniser.
    private func readingDirection(
        along axis: Point, of regions: [RotatedRectangle], in sampler: Sampler, ink: Ink
    ) throws(RecognitionError) -> Point {
        let probes = regions.filter { (4...14).contains($0.width / max(1, $0.height)) }
            .sorted { $0.height > $1.height }.prefix(4)
        guard !probes.isEmpty else { return axis }
        var scores: [Float] = []
        for direction in [axis, axis * -1] {
            var sum: Float = 0
            for probe in probes {
                let line = try recogniser.read(probe.readAlong(direction), in: sampler, ink: ink)
                // A line misread as two odd signs may be sure of them: more letters weigh more.
                sum += line.meanProbability * Float(min(line.glyphs.count, 6))
            }
            scores.append(sum / Float(probes.count))
            if scores[0] > 0.93 * 4, direction == axis { return axis }
        }
        return scores[1] > scores[0] ? axis * -1 : axis
    }
}

/// The direction that most lines share.
enum PageDirection {
    /// The common axis of long regions as a unit vector; which of its two ends is forward is not known yet.
    /// Of the two, the one is given that needs the smaller turn, clockwise or not.
    static func axis(of regions: [RotatedRectangle]) -> Point {
        let long = regions.filter { $0.width > $0.height * 2 }
        guard !long.isEmpty else { return Point(x: 1, y: 0) }
        // Doubling the angles makes opposite directions equal; each line votes with its length.
        let bins = 36
        var votes = [Double](repeating: 0, count: bins)
        func bin(_ line: RotatedRectangle) -> Int {
            let half = (line.angle / .pi + 2).truncatingRemainder(dividingBy: 1)
            return Int((half * Double(bins)).rounded()) % bins
        }
        for line in long { votes[bin(line)] += line.width }
        let smooth = votes.indices.map {
            votes[$0] + votes[($0 + 1) % bins] + votes[($0 + bins - 1) % bins]
        }
        let best = smooth.indices.max { smooth[$0] < smooth[$1] } ?? 0
        let near = long.filter { line in
            let apart = abs(bin(line) - best)
            return min(apart, bins - apart) <= 1
        }
        var sum = Point(x: 0, y: 0)
        for line in near {
            sum = sum + Point(x: cos(2 * line.angle), y: sin(2 * line.angle)) * line.width
        }
        let angle = atan2(sum.y, sum.x) / 2
        return Point(x: cos(angle), y: sin(angle))
    }
}
