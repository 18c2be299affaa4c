package import Documents
import Foundation
import Kernel
import Logging
import Recognition
import ServiceLifecycle

/// Reads pictures in the recognition process.
package struct RecognitionReader: PictureReader, Service {
    init(settings: Settings, logger: Logger) {}

    package func run() async throws { try? await gracefulShutdown() }

    package func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading { throw .unavailable }

    package var condition: ReaderCondition { get async { await installation } }

    var installation: ReaderCondition { get async { ReaderCondition(isReady: false, text: "没有安装识别引擎") } }

    /// What happened, in plain words.
    static func words(for error: RecognitionError) -> String {
        switch error {
        case .unsupportedFormat: "不是 JPG 或 PNG 照片"
        case .tooLarge(let width, let height): "照片太大（\(width)×\(height)），没有打开"
        case .damaged: "照片文件不完整"
        case .unavailable(let reason): "识别不可用：\(reason)"
        case .queueFull: "等待识别的照片太多"
        case .timedOut: "识别超时"
        case .workerDied: "识别进程两次在这张照片上退出"
        case .failed(let reason): "识别失败：\(reason)"
        case .stopped: "识别正在停止"
        case .cancelled: "识别已取消"
        }
    }
}

extension PictureReading {
    /// What the library read, as documents keep it.
    init(_ reading: Reading) {
        let fields = reading.fields.mapValues { field in
            ReadField(
                value: field.value, confidence: field.confidence, box: field.box.thousandths,
                isRepaired: field.repaired,
                crop: Array(field.crop))
        }
        self.init(kind: reading.kind.rawValue, fields: fields)
    }
}

extension Reading.Box {
    fileprivate var thousandths: [Int] { [x, y, width, height].map { Int(($0 * 1_000).rounded()) } }
}
