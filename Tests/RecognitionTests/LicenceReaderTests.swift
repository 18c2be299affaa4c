import Foundation
import Testing

@testable import Recognition

/// Where the models and the sample papers are, if they are installed on this machine.
private enum Installed {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let environment = ProcessInfo.processInfo.environment

    static let models = try? RecognitionModels.locate(
        in: environment["RUZHU_RECOGNITION_HOME"].map { URL(filePath: $0) }
            ?? root.appending(path: ".local/recognition"))
    static let papers =
        environment["RUZHU_PAPERS"].map { URL(filePath: $0) } ?? root.appending(path: ".local/papers")
    static let truth: [String: [String: String]] = {
        let data = (try? Data(contentsOf: papers.appending(path: "truth.json"))) ?? Data("{}".utf8)
        return (try? JSONDecoder().decode([String: [String: String]].self, from: data)) ?? [:]
    }()
    static var licences: [String] { truth.keys.filter { $0.hasPrefix("licence-") }.sorted() }
}

@Suite("Reading licences with the real models", .serialized)
struct LicenceReaderTests {
    private static let modelsMissing: Comment = "the recognition models are not installed"

    @Test(
        "The sample papers are read as they were printed, and what is wrong is marked doubtful",
        .enabled(if: Installed.models != nil, modelsMissing),
        .enabled(if: !Installed.licences.isEmpty, "there are no sample papers: set RUZHU_PAPERS or generate them"))
    func papers() throws {
        let reader = try LicenceReader(models: try #require(Installed.models))
        var (right, all) = (0, 0)
        for name in Installed.licences.prefix(12) {
            let reading = try reader.read(Data(contentsOf: Installed.papers.appending(path: name)))
            #expect(reading.kind == .licence, "\(name)")
            for (field, printed) in Installed.truth[name] ?? [:] where LicenceField(rawValue: field) != nil {
                all += 1
                let read = reading.fields[field]
                if read?.value == printed {
                    right += 1
                } else {
                    #expect((read?.confidence ?? 0) < Reading.doubtful, "\(name) \(field): \(read?.value ?? "nothing")")
                }
            }
        }
        #expect(Double(right) >= 0.95 * Double(all), "\(right) of \(all) fields")
    }

    @Test(
        "Pictures without text give an empty reading",
        .enabled(if: Installed.models != nil, modelsMissing), arguments: [(1, 1), (3, 2000), (640, 480)])
    func emptyPictures(width: Int, height: Int) throws {
        let reader = try LicenceReader(models: try #require(Installed.models))
        let noise = (0..<(width * height * 3)).map {
            UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) & 0x3F | 0x80
        }
        let reading = try reader.read(try JPEGEncoder.encode(Bitmap(width: width, height: height, pixels: noise)))
        #expect(reading.kind == .unknown && reading.fields.isEmpty)
    }

    @Test("A folder without models is named in plain words")
    func missingModels() {
        #expect {
            try RecognitionModels.locate(in: URL(filePath: "/nonexistent"))
        } throws: { error in
            guard case .unavailable(let reason) = error as? RecognitionError else { return false }
            return reason.contains("libopenvino_c") && reason.contains("not found")
        }
    }
}
