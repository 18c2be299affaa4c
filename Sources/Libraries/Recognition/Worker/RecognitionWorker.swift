import Dispatch
package import Foundation
import Synchronization

/// The child process that reads pictures, so that models, memory and crashes stay out of the product's own process.
package enum RecognitionWorker {
    /// Above this the worker hands back its memory by ending after a picture; the pool starts a fresh one.
    private static let memoryLimit = 1_500 << 20

    /// Serves pictures from standard input until it closes; never returns. `models` is the folder with lib and models.
    package static func run(models: URL) -> Never {
        // Only frames may reach the pipe: whatever a library prints goes to standard error instead.
        let output = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        signal(SIGPIPE, SIG_IGN)
        // A web request should never wait for a picture.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)

        let reader: LicenceReader
        do throws(RecognitionError) {
            reader = try LicenceReader(models: RecognitionModels.locate(in: models))
            try reader.warmUp()
        } catch {
            send(.unavailable(error.plainWords), to: output)
            exit(0)
        }
        let pictures = Inbox()
        // A thread of its own, so that the end of the parent is noticed in the middle of a picture too.
        Thread.detachNewThread {
            while let frame = Frame.read(from: STDIN_FILENO) { pictures.put(frame.body) }
            _exit(0)
        }
        send(.ready, to: output)
        while true {
            let picture = pictures.take()
            do throws(RecognitionError) {
                let (wire, crops) = WireReading.pack(try reader.read(picture))
                send(.read(wire), crops, to: output)
            } catch {
                send(.refused(WireRefusal(error)), to: output)
            }
            if residentMemory() > memoryLimit { exit(0) }
        }
    }

    private static func send(_ message: WorkerMessage, _ body: Data = Data(), to output: Int32) {
        guard let header = try? JSONEncoder().encode(message) else { _exit(1) }
        let data = Frame(header: header, body: body).encoded
        let isSent = data.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let wrote = write(output, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
                if wrote > 0 {
                    sent += wrote
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
        if !isSent { _exit(0) }
    }

    private static func residentMemory() -> Int {
        guard let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = statm.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize())
    }
}

/// Hands pictures from the reading thread to the working one.
private final class Inbox: Sendable {
    private let waiting = Mutex<[Data]>([])
    private let count = DispatchSemaphore(value: 0)

    func put(_ picture: Data) {
        waiting.withLock { $0.append(picture) }
        count.signal()
    }

    func take() -> Data {
        while true {
            count.wait()
            if let picture = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return picture }
        }
    }
}

extension RecognitionError {
    /// The reason for an operator's eyes.
    var plainWords: String {
        switch self {
        case .unavailable(let reason): reason
        default: "text recognition does not start: \(self)"
        }
    }
}
