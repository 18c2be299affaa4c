import Foundation

/// Which colours of the paper are looked at.
enum Ink: Sendable {
    /// All three channels.
    case colour
    /// The red channel alone: red stamps fade into the paper and the black text below them stays.
    case withoutRed
}

/// Reads a rotated rectangle out of a picture at a given size, by bicubic interpolation (Keys 1981, a = -0.5).
struct Sampler {
    let pyramid: Pyramid

    /// Calls `put(x, y, blue, green, red)` for every pixel of the upright crop; values are 0…255.
    @inline(__always)
    func sample(
        _ area: RotatedRectangle, width: Int, height: Int, _ put: (Int, Int, SIMD4<Float>) -> Void
    ) {
        let (bitmap, shrink) = pyramid.level(for: Double(height) / max(1, area.height))
        let corner = area.corners[0] * (1 / shrink)
        let right = area.direction * (area.width / shrink / Double(width))
        let down = area.down * (area.height / shrink / Double(height))
        let (limitX, limitY) = (bitmap.width - 1, bitmap.height - 1)
        bitmap.pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<height {
                for column in 0..<width {
                    let place = corner + right * (Double(column) + 0.5) + down * (Double(row) + 0.5)
                    // Pixel values stand at pixel centres. Clamped first: far-off corners must not overflow an Int.
                    let x = min(max(place.x - 0.5, -2), Double(limitX) + 2)
                    let y = min(max(place.y - 0.5, -2), Double(limitY) + 2)
                    let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
                    let (acrossWeights, downWeights) = (
                        weights(Float(x - Double(left))), weights(Float(y - Double(top)))
                    )
                    var sum = SIMD4<Float>.zero
                    for step in 0..<4 {
                        let line = min(max(top - 1 + step, 0), limitY) * bitmap.width
                        var across = SIMD4<Float>.zero
                        for tap in 0..<4 {
                            let at = (line + min(max(left - 1 + tap, 0), limitX)) * 3
                            let pixel = SIMD4<Float>(
                                Float(pixels[at]), Float(pixels[at + 1]), Float(pixels[at + 2]), 0)
                            across += pixel * acrossWeights[tap]
                        }
                        sum += across * downWeights[step]
                    }
                    put(column, row, sum.clamped(lowerBound: .zero, upperBound: SIMD4(repeating: 255)))
                }
            }
        }
    }

    @inline(__always)
    private func weights(_ t: Float) -> SIMD4<Float> {
        let (t2, t3) = (t * t, t * t * t)
        return SIMD4(
            -0.5 * t + t2 - 0.5 * t3, 1 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2 * t2 - 1.5 * t3, -0.5 * t2 + 0.5 * t3)
    }

    /// The crop as a picture, for people to look at.
    func bitmap(of area: RotatedRectangle, width: Int, height: Int) -> Bitmap {
        Bitmap(width: width, height: height) { pixels in
            sample(area, width: width, height: height) { x, y, colour in
                let at = (y * width + x) * 3
                for channel in 0..<3 { pixels[at + channel] = UInt8(colour[channel]) }
            }
        }
    }

    /// The crop as planes of values in -1…1, `paddedWidth` wide; the padding is 0 as in the models' training.
    func planes(of area: RotatedRectangle, width: Int, paddedWidth: Int, height: Int, ink: Ink) -> [Float] {
        let plane = paddedWidth * height
        var values = [Float](repeating: 0, count: plane * 3)
        values.withUnsafeMutableBufferPointer { values in
            sample(area, width: width, height: height) { x, y, colour in
                let at = y * paddedWidth + x
                for channel in 0..<3 {
                    let value = ink == .colour ? colour[channel] : colour[2]
                    values[plane * channel + at] = value / 127.5 - 1
                }
            }
        }
        return values
    }
}
