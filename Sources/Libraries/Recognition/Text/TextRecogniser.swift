import Foundation

/// Reads lines of text whose places are known.
final class TextRecogniser {
    private let model: InferenceModel
    private let decoder: CTCDecoder

    private static let height = 48
    /// Widths are padded to multiples of this, because the runtime prepares itself anew for each width.
    private static let widthStep = 80
    private static let maximumWidth = 3200

    init(model: InferenceModel, file: URL) throws(RecognitionError) {
        guard let data = try? Data(contentsOf: file, options: .mappedIfSafe),
            let list = ONNXMetadata.value(of: "character", in: data)
        else { throw .unavailable("the recogniser's list of characters cannot be read") }
        self.model = model
        // One character a line; the last class, which has no line, is the space.
        let lines = list.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let named = lines.last == "" ? lines.dropLast() : lines[...]
        self.decoder = CTCDecoder(characters: named.map { $0.first ?? " " } + [" "])
    }

    func read(_ area: RotatedRectangle, in sampler: Sampler, ink: Ink) throws(RecognitionError) -> TextLine {
        guard area.height >= 1, area.width >= 1 else { return TextLine(glyphs: [], area: area) }
        let natural = Int((area.width / area.height * Double(Self.height)).rounded(.up))
        let width = min(max(natural, 16), Self.maximumWidth)
        let padded = (width + Self.widthStep - 1) / Self.widthStep * Self.widthStep
        let input = sampler.planes(of: area, width: width, paddedWidth: padded, height: Self.height, ink: ink)
        let decoder = decoder
        let glyphs = try model.run(input, shape: [1, 3, Self.height, padded]) { output -> [Glyph] in
            guard output.shape.count == 3 else { return [] }
            let steps = output.shape[1]
            let span = Double(steps) * Double(width) / Double(padded)
            return decoder.decode(output.values, steps: steps, span: span)
        }
        return TextLine(glyphs: glyphs, area: area)
    }
}
