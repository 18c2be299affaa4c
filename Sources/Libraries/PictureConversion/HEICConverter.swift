import CWorkerProcess
import Foundation
import Synchronization

/// Turns HEIC pictures into JPEG, each in a process of its own that may use little memory and time.
package struct HEICConverter: Sendable {
    private let executable: String
    private let arguments: [String]
    private let patience: Duration

    /// Why a picture was not converted.
    package enum Fault: Error, Equatable {
        /// The process can't be started, or says nothing.
        case unavailable
        /// Not a HEIC picture, cut short, or one that brings the decoder down or keeps it busy for too long.
        case damaged
        case tooManyPixels
    }

    /// - Parameters:
    ///   - executable: what is started with `arguments` and calls `HEICWorker.run`.
    ///   - patience: how long one picture may take.
    package init(executable: String, arguments: [String], patience: Duration = .seconds(20)) {
        (self.executable, self.arguments, self.patience) = (executable, arguments, patience)
    }

    /// The picture as a JPEG: turned as it is meant to be seen, and without metadata such as the place it was taken.
    package func jpeg(from heic: [UInt8]) async throws(Fault) -> [UInt8] {
        let answer = await withCheckedContinuation { continuation in
            // Blocking reads and writes need a thread; it ends with the child.
            Thread.detachNewThread { continuation.resume(returning: converse(heic)) }
        }
        return try answer.get()
    }

    private func converse(_ heic: [UInt8]) -> Result<[UInt8], Fault> {
        var (child, socket) = (pid_t(0), Int32(-1))
        let words = ([executable] + arguments).map { strdup($0) }
        let environment = [strdup("PATH=/usr/bin:/bin")]
        defer { for word in words + environment { free(word) } }
        guard cwp_spawn(executable, words + [nil], environment + [nil], &child, &socket) == 0 else {
            return .failure(.unavailable)
        }
        // A child that does not come to an end is ended, with all that it started; reading from it then ends too.
        let isReaped = Mutex(false)
        let clock = DispatchSource.makeTimerSource()
        clock.schedule(deadline: .now() + .milliseconds(Int(patience / .milliseconds(1))))
        let identifier = child
        clock.setEventHandler { isReaped.withLock { if !$0 { _ = kill(-identifier, SIGKILL) } } }
        clock.resume()
        send(heic, to: socket)
        let answer = receive(from: socket)
        close(socket)
        var status: Int32 = 0
        isReaped.withLock { isReaped in
            while waitpid(child, &status, 0) < 0 && errno == EINTR {}
            isReaped = true
        }
        clock.cancel()
        return judge(answer, hasDied: status & 0x7F != 0)
    }

    private func judge(_ answer: [UInt8], hasDied: Bool) -> Result<[UInt8], Fault> {
        switch answer.first.flatMap(HEICWorker.Outcome.init) {
        case .done where !hasDied && answer.count > 1: .success(Array(answer.dropFirst()))
        case .done, .damaged: .failure(.damaged)
        case .tooManyPixels: .failure(.tooManyPixels)
        case .failed: .failure(.damaged)
        // Killed by what it read, or never what we meant to start.
        case nil: .failure(hasDied ? .damaged : .unavailable)
        }
    }

    private func send(_ bytes: [UInt8], to socket: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let wrote = rest.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard wrote > 0 || errno == EINTR else { break }
            rest = rest.dropFirst(max(0, wrote))
        }
        shutdown(socket, Int32(SHUT_WR))
    }

    /// A JPEG of the largest picture that is taken is far smaller than this.
    private static let longestAnswer = 128 << 20

    private func receive(from socket: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 256 * 1_024)
        while bytes.count < Self.longestAnswer {
            let got = read(socket, &piece, piece.count)
            if got > 0 { bytes += piece[..<got] } else if got == 0 || errno != EINTR { break }
        }
        return bytes
    }
}
