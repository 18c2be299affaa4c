import CWorkerProcess
import Dispatch
import Foundation
import Synchronization

/// A running worker as its parent sees it: a socket to talk over and a process to end.
///
/// What it says arrives in `messages`; the stream ends when the worker is gone, however that came about.
final class WorkerProcess: Sendable {
    let messages: AsyncStream<Frame>
    private let identifier: pid_t
    private let socket: Int32
    /// Writing to a worker that does not read would block, so it happens off the pool's own executor.
    private let writing = DispatchQueue(label: "recognition-worker.writing")
    /// False once the process has been reaped: its number may belong to someone else by then.
    private let isAlive = Mutex(true)

    /// Starts `executable`; throws when the system cannot.
    init(executable: String, arguments: [String], environment: [String: String]) throws(RecognitionError) {
        var (identifier, socket) = (pid_t(0), Int32(-1))
        let words = ([executable] + arguments).map { strdup($0) }
        let settings = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for word in words + settings { free(word) } }
        let status = cwp_spawn(executable, words + [nil], settings + [nil], &identifier, &socket)
        guard status == 0 else {
            throw .unavailable("the recognition worker cannot be started: \(String(cString: strerror(status)))")
        }
        (self.identifier, self.socket) = (identifier, socket)
        let (stream, continuation) = AsyncStream.makeStream(of: Frame.self)
        messages = stream
        // Blocking reads need a thread; it ends with the worker.
        Thread.detachNewThread { [self] in
            while let frame = Frame.read(from: self.socket) { continuation.yield(frame) }
            reap()
            continuation.finish()
        }
    }

    func send(_ frame: Frame) {
        let data = frame.encoded
        writing.async { [self] in
            data.withUnsafeBytes { bytes in
                var sent = 0
                while sent < bytes.count {
                    // A dead worker must not raise SIGPIPE in the product; its end is noticed by the reading thread.
                    let wrote = Foundation.send(
                        socket, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
                    guard wrote > 0 || errno == EINTR else { return }
                    sent += max(0, wrote)
                }
            }
        }
    }

    /// Tells the worker that no more pictures follow; it ends by itself.
    func close() { _ = shutdown(socket, Int32(SHUT_WR)) }

    func kill() {
        isAlive.withLock { if $0 { _ = Foundation.kill(identifier, SIGKILL) } }
    }

    private func reap() {
        // The socket may have closed for other reasons than death; a worker that talks nonsense is ended too.
        kill()
        var status: Int32 = 0
        isAlive.withLock { isAlive in
            while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
            isAlive = false
        }
        writing.sync { _ = Foundation.close(socket) }
    }
}
