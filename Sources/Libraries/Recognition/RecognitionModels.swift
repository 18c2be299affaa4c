package import Foundation

/// Where the recognition libraries and models lie on this machine.
package struct RecognitionModels: Sendable, Equatable {
    /// `libopenvino_c`; its companions lie beside it and are found by its own search path.
    let library: URL
    let detector: URL
    let recogniser: URL

    /// The files that must be there, relative to the folder.
    package static let required = [
        "lib/libopenvino_c.so.2641",
        "lib/libopenvino.so.2641",
        "lib/libopenvino_intel_cpu_plugin.so",
        "lib/libopenvino_onnx_frontend.so.2641",
        "lib/libtbb.so.12",
        "models/PP-OCRv6_det_small.onnx",
        "models/PP-OCRv6_rec_small.onnx",
    ]

    /// Finds everything in `folder` or says in plain words what is missing.
    package static func locate(in folder: URL) throws(RecognitionError) -> RecognitionModels {
        let missing = required.filter { path in
            !FileManager.default.isReadableFile(atPath: folder.appending(path: path).path)
        }
        guard missing.isEmpty else {
            throw .unavailable("text recognition is not installed: \(missing.joined(separator: ", ")) not found")
        }
        return RecognitionModels(
            library: folder.appending(path: "lib/libopenvino_c.so.2641"),
            detector: folder.appending(path: "models/PP-OCRv6_det_small.onnx"),
            recogniser: folder.appending(path: "models/PP-OCRv6_rec_small.onnx"))
    }
}
