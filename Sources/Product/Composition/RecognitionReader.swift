package import Documents
import Foundation
import Kernel
import Logging
import Recognition
import ServiceLifecycle

/// Reads pictures in a process of its own, which this executable starts as `recognition-worker` and keeps warm.
package struct RecognitionReader: PictureReader, Service {
    private let pool: RecognitionPool
    private let missing: RecognitionError?
    private let logger: Logger

    init(settings: Settings, logger: Logger) {
        var configuration = RecognitionPool.Configuration(
            executable: "/proc/self/exe", arguments: ["recognition-worker"])
        configuration.environment["RUZHU_RECOGNITION_HOME"] = settings.recognitionFolder.path
        pool = RecognitionPool(configuration: configuration)
        missing = Self.missing(in: settings.recognitionFolder)
        self.logger = logger
    }

    /// Keeps the process running. Without models there is nothing to run, and pictures are told so at once.
    package func run() async throws {
        if let missing {
            logger.notice("Pictures will not be read", metadata: ["reason": "\(missing)"])
            try await gracefulShutdown()
            return
        }
        await withGracefulShutdownHandler {
            await pool.run()
        } onGracefulShutdown: {
            // The handler is synchronous; the pool hears of it as soon as it is free.
            Task { await pool.stop() }
        }
    }

    package func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading {
        guard missing == nil else { throw .unavailable }
        do throws(RecognitionError) {
            return PictureReading(try await pool.read(Data(picture)))
        } catch {
            logger.warning("Picture not read", metadata: ["reason": "\(error)"])
            switch error {
            // All that is needed is installed, so a process that does not come up is being started again.
            case .unavailable, .queueFull, .stopped, .cancelled: throw .busy
            case .unsupportedFormat, .tooLarge, .damaged, .timedOut, .workerDied, .failed: throw .unreadable
            }
        }
    }

    package var condition: ReaderCondition {
        get async {
            if let missing { return ReaderCondition(isReady: false, text: Self.words(for: missing)) }
            let restarts = await pool.restarts
            return switch await pool.state {
            case .starting: ReaderCondition(isReady: false, text: "正在启动")
            case .ready: ReaderCondition(isReady: true, text: restarts == 0 ? "运行中" : "运行中，重启过 \(restarts) 次")
            case .unavailable: ReaderCondition(isReady: false, text: "没能启动，正在重试；原因见日志")
            }
        }
    }

    /// Whether what reading needs is installed, without starting anything.
    var installation: ReaderCondition {
        missing.map { ReaderCondition(isReady: false, text: Self.words(for: $0)) }
            ?? ReaderCondition(isReady: true, text: "引擎和模型齐全")
    }

    private static func missing(in folder: URL) -> RecognitionError? {
        do throws(RecognitionError) {
            _ = try RecognitionModels.locate(in: folder)
            return nil
        } catch {
            return error
        }
    }

    /// What happened, in plain words.
    static func words(for error: RecognitionError) -> String {
        switch error {
        case .unsupportedFormat: "不是 JPG 或 PNG 照片"
        case .tooLarge(let width, let height): "照片太大（\(width)×\(height)），没有打开"
        case .damaged: "照片文件不完整"
        case .unavailable: "识别引擎或模型没有安装，或没能启动"
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
