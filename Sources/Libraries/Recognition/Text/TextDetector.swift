/// Finds lines of text: a segmentation network (DBNet) and the shapes of what it marks.
final class TextDetector {
    private let model: InferenceModel
    /// The long side of what the network sees.
    private let side: Int

    init(model: InferenceModel, side: Int) {
        self.model = model
        self.side = side
    }

    /// Rectangles around text in pixels of the full-size picture; their long side is the direction of reading.
    func regions(in pyramid: Pyramid, ink: Ink) throws(RecognitionError) -> [RotatedRectangle] {
        let base = pyramid.base
        // Small pictures are enlarged, but not so far that their noise looks like text.
        let scale = min(Double(side) / Double(max(base.width, base.height)), 1.6)
        let (width, height) = (Int(Double(base.width) * scale), Int(Double(base.height) * scale))
        guard width >= 16, height >= 16 else { return [] }
        // Few distinct shapes: the runtime prepares itself anew for each one.
        let (paddedWidth, paddedHeight) = ((width + 127) / 128 * 128, (height + 127) / 128 * 128)
        var input = [Float](repeating: 0, count: 3 * paddedWidth * paddedHeight)
        fill(&input, from: pyramid, scale: scale, width: width, height: height, stride: paddedWidth, ink: ink)
        let shape = [1, 3, paddedHeight, paddedWidth]
        let found = try model.run(input, shape: shape) { output -> [RotatedRectangle] in
            guard output.values.count == paddedWidth * paddedHeight else { return [] }
            return TextRegions(probabilities: output.values, width: paddedWidth, height: paddedHeight).rectangles()
        }
        return found.map { rectangle in
            rectangle.mapped(scale: 1 / scale) { $0 * (1 / scale) }
        }
    }

    private func fill(
        _ input: inout [Float], from pyramid: Pyramid, scale: Double, width: Int, height: Int, stride: Int, ink: Ink
    ) {
        let (bitmap, shrink) = pyramid.level(for: scale)
        let step = Float(1 / (scale * shrink))
        let plane = input.count / 3
        input.withUnsafeMutableBufferPointer { input in
            bitmap.pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<height {
                    let fromY = min(max((Float(y) + 0.5) * step - 0.5, 0), Float(bitmap.height - 1))
                    let top = Int(fromY)
                    let (down, bottom) = (fromY - Float(top), min(top + 1, bitmap.height - 1))
                    for x in 0..<width {
                        let fromX = min(max((Float(x) + 0.5) * step - 0.5, 0), Float(bitmap.width - 1))
                        let left = Int(fromX)
                        let (across, right) = (fromX - Float(left), min(left + 1, bitmap.width - 1))
                        for channel in 0..<3 {
                            let source = ink == .colour ? channel : 2
                            if source != channel, channel > 0 {
                                input[plane * channel + y * stride + x] = input[y * stride + x]
                                continue
                            }
                            let upper = mix(
                                pixels[(top * bitmap.width + left) * 3 + source],
                                pixels[(top * bitmap.width + right) * 3 + source], across)
                            let lower = mix(
                                pixels[(bottom * bitmap.width + left) * 3 + source],
                                pixels[(bottom * bitmap.width + right) * 3 + source], across)
                            input[plane * channel + y * stride + x] = (upper + (lower - upper) * down) / 127.5 - 1
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private func mix(_ first: UInt8, _ second: UInt8, _ share: Float) -> Float {
        Float(first) + (Float(second) - Float(first)) * share
    }
}
