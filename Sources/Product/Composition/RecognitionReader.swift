package import Documents
import Foundation
import Kernel
import Logging
import ServiceLifecycle

/// Reads pictures in the recognition process.
package struct RecognitionReader: PictureReader, Service {
    init(settings: Settings, logger: Logger) {}

    package func run() async throws { try? await gracefulShutdown() }

    package func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading { throw .unavailable }

    package var condition: ReaderCondition { get async { await installation } }

    var installation: ReaderCondition { get async { ReaderCondition(isReady: false, text: "没有安装识别引擎") } }
}

/// What `ruzhu read` does.
package enum ReadCommand {
    package static func run(_ files: [String], _ settings: Settings, print: (String) -> Void) async -> Bool { false }
    package static func work(_ settings: Settings) throws {}
}
