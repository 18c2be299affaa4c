import COpenVINO
import Foundation

/// OpenVINO, opened from a folder at run time. Belongs to the one thread that uses it.
final class InferenceRuntime {
    fileprivate let handle: OpaquePointer

    init(library: URL) throws(RecognitionError) {
        var message = [CChar](repeating: 0, count: Int(COV_MESSAGE_SIZE))
        guard let handle = cov_open(library.path, &message) else { throw .unavailable(text(message)) }
        self.handle = handle
    }

    deinit { cov_close(handle) }
}

/// One compiled model with one input and one output of interest.
final class InferenceModel {
    private let runtime: InferenceRuntime
    private let handle: OpaquePointer

    /// A model's answer; valid only inside the closure it is given to.
    struct Output {
        let values: UnsafeBufferPointer<Float>
        let shape: [Int]
    }

    init(_ runtime: InferenceRuntime, model: URL, threads: Int) throws(RecognitionError) {
        var message = [CChar](repeating: 0, count: Int(COV_MESSAGE_SIZE))
        guard let handle = cov_load(runtime.handle, model.path, Int32(threads), &message) else {
            throw .unavailable(text(message))
        }
        self.runtime = runtime
        self.handle = handle
    }

    deinit { cov_unload(handle) }

    /// Runs the model on `input` of the given shape and hands its output to `body`.
    func run<Result>(
        _ input: [Float], shape: [Int], _ body: (Output) -> Result
    ) throws(RecognitionError) -> Result {
        precondition(shape.reduce(1, *) == input.count)
        var output = cov_output()
        var message = [CChar](repeating: 0, count: Int(COV_MESSAGE_SIZE))
        let dims = shape.map(Int64.init)
        guard cov_run(handle, input, Int64(dims.count), dims, &output, &message) == 0 else {
            throw .failed(text(message))
        }
        let sides = withUnsafeBytes(of: output.dims) { raw in
            raw.bindMemory(to: Int64.self).prefix(Int(output.rank)).map(Int.init)
        }
        return body(Output(values: UnsafeBufferPointer(start: output.data, count: output.count), shape: sides))
    }
}

private func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
