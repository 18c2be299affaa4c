import CanonicalJSON
import Documents
import Foundation
import Recognition

/// What `ruzhu read` does: reads pictures in this process and prints one JSON object for each.
package enum ReadCommand {
    /// Reads the files in turn.
    ///
    /// A line is `{"file", "kind", "fields": {name: {"value", "confidence", "box", "repaired"}}}`; `box` is left, top,
    /// width and height in thousandths of the picture as shown. A file that can't be read gives `{"file", "error"}`.
    /// - Returns: whether all files were read.
    package static func run(_ files: [String], _ settings: Settings, print: (String) -> Void) -> Bool {
        let reader: LicenceReader
        do {
            reader = try LicenceReader(models: RecognitionModels.locate(in: settings.recognitionFolder))
        } catch {
            for file in files { print(line(file, error: RecognitionReader.words(for: error))) }
            return false
        }
        var isWhole = true
        for file in files {
            guard let picture = FileManager.default.contents(atPath: file) else {
                print(line(file, error: "没有这个文件，或没有读它的权限"))
                isWhole = false
                continue
            }
            do throws(RecognitionError) {
                print(line(file, PictureReading(try reader.read(picture))))
            } catch {
                print(line(file, error: RecognitionReader.words(for: error)))
                isWhole = false
            }
        }
        return isWhole
    }

    /// Serves pictures from standard input until it closes; the product starts this by itself.
    package static func work(_ settings: Settings) -> Never {
        RecognitionWorker.run(models: settings.recognitionFolder)
    }

    private static func line(_ file: String, error: String) -> String {
        (["file": .string(file), "error": .string(error)] as JSONValue).canonicalText
    }

    private static func line(_ file: String, _ reading: PictureReading) -> String {
        var fields: JSONValue = [:]
        for (name, field) in reading.fields {
            fields[name] = [
                "value": .string(field.value), "confidence": JSONNumber(field.confidence).map { .number($0) } ?? .null,
                "box": .array(field.box.map { .number(JSONNumber(Int64($0))) }), "repaired": .bool(field.isRepaired),
            ]
        }
        let line: JSONValue = ["file": .string(file), "kind": .string(reading.kind), "fields": fields]
        return line.canonicalText
    }
}
