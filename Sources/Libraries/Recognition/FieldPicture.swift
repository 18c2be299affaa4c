import Foundation

/// Where a field stands on the picture, as a box and as a small picture of its own.
struct FieldPicture {
    private let laidOut: LaidOutField
    private let areas: [RotatedRectangle]
    private let direction: Point
    private let sampler: Sampler

    private static let maximumSide = 900.0

    init(_ laidOut: LaidOutField, page: Page, sampler: Sampler) {
        self.laidOut = laidOut
        self.sampler = sampler
        direction = page.direction
        areas = laidOut.pieces.map { page.lines[$0.line].area.slice(from: $0.start, to: $0.end) }
    }

    func field() throws(RecognitionError) -> Reading.Field {
        Reading.Field(
            value: laidOut.value, confidence: (laidOut.confidence * 1000).rounded() / 1000, box: box(),
            crop: try crop(), repaired: laidOut.repaired)
    }

    /// Upright around all lines, in fractions of the displayed picture.
    private func box() -> Reading.Box {
        let corners = areas.flatMap(\.corners)
        let (width, height) = sampler.pyramid.base.size
        func span(_ values: [Double], within limit: Double) -> (start: Double, length: Double) {
            let start = min(max((values.min() ?? 0) / limit, 0), 1)
            let end = min(max((values.max() ?? 0) / limit, 0), 1)
            return ((start * 10_000).rounded() / 10_000, ((end - start) * 10_000).rounded() / 10_000)
        }
        let (x, y) = (span(corners.map(\.x), within: width), span(corners.map(\.y), within: height))
        return Reading.Box(x: x.start, y: y.start, width: x.length, height: y.length)
    }

    /// Around all lines along the direction of reading.
    private func crop() throws(RecognitionError) -> Data {
        let corners = areas.flatMap(\.corners)
        let down = Point(x: -direction.y, y: direction.x)
        let (along, across) = (corners.map { $0.dot(direction) }, corners.map { $0.dot(down) })
        guard let left = along.min(), let right = along.max(), let top = across.min(), let bottom = across.max() else {
            return Data()
        }
        let area = RotatedRectangle(
            centre: direction * ((left + right) / 2) + down * ((top + bottom) / 2), width: right - left,
            height: bottom - top, direction: direction)
        let scale = min(1, Self.maximumSide / max(area.width, area.height))
        return try JPEGEncoder.encode(
            sampler.bitmap(
                of: area, width: max(1, Int(area.width * scale)), height: max(1, Int(area.height * scale))))
    }
}
