package import Foundation

/// Reads business licences. Holds the models, so it is made once; belongs to the one thread that uses it.
package final class LicenceReader {
    private let pages: PageReader

    /// Loads the models. `threads` bounds the cores used for one picture.
    package init(models: RecognitionModels, threads: Int = 2) throws(RecognitionError) {
        let runtime = try InferenceRuntime(library: models.library)
        let detector = try InferenceModel(runtime, model: models.detector, threads: threads)
        let recogniser = try InferenceModel(runtime, model: models.recogniser, threads: threads)
        pages = PageReader(
            detector: TextDetector(model: detector, side: 1280),
            recogniser: try TextRecogniser(model: recogniser, file: models.recogniser))
    }

    /// Reads a JPEG or PNG. A picture without legible text gives an empty reading of kind `unknown`.
    package func read(_ picture: Data) throws(RecognitionError) -> Reading {
        let begin = ContinuousClock.now
        let sampler = Sampler(pyramid: Pyramid(try PictureDecoder.decode(picture)))
        let page = try completePage(sampler)
        let found = LicenceLayout(lines: page.lines, direction: page.direction).fields()
        var fields: [String: Reading.Field] = [:]
        for (field, laidOut) in found {
            fields[field.rawValue] = try FieldPicture(laidOut, page: page, sampler: sampler).field()
        }
        let elapsed = ContinuousClock.now - begin
        return Reading(
            kind: found.isEmpty ? .unknown : .licence, fields: fields, rotation: page.rotation,
            milliseconds: Int(elapsed / .milliseconds(1)))
    }

    /// Runs every model once, so that the first real picture does not wait for the runtime to prepare itself.
    func warmUp() throws(RecognitionError) {
        let paper = Bitmap(width: 1280, height: 896, pixels: [UInt8](repeating: 255, count: 1280 * 896 * 3))
        try pages.warmUp(Sampler(pyramid: Pyramid(paper)))
    }

    /// Reads the page without its red ink, looks again at what is doubtful, and at places that cannot be empty.
    func completePage(_ sampler: Sampler) throws(RecognitionError) -> Page {
        var page = try pages.read(sampler, ink: .withoutRed)
        page.lines = try pages.secondOpinions(on: page.lines, in: sampler)
        for gap in LicenceLayout(lines: page.lines, direction: page.direction).gaps().prefix(6) {
            let line = try pages.recogniser.read(gap.area, in: sampler, ink: .withoutRed)
            if gap.accepts(line) { page.lines.append(gap.endings == nil ? line.doubted() : line) }
        }
        return page
    }
}
