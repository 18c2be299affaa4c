import CHEIF
import Foundation

/// The child process that decodes one HEIC picture and ends: a decoder that hostile bytes bring down, or make run for
/// ever, takes nothing else with it.
package enum HEICWorker {
    /// What the child says first: one byte, then the JPEG if it is `done`.
    enum Outcome: UInt8 {
        case done, damaged, tooManyPixels, failed
    }

    /// Address space, CPU seconds and file sizes that the child may not exceed.
    private static let limits: [(__rlimit_resource, rlim_t)] = [
        (RLIMIT_AS, 3 << 30), (RLIMIT_CPU, 20), (RLIMIT_FSIZE, 0), (RLIMIT_CORE, 0),
    ]

    /// Reads a picture from standard input until its end, writes the answer to standard output, and never returns.
    package static func run(mostPixels: Int) -> Never {
        // Only the answer may reach the pipe: whatever a library prints goes to standard error instead.
        let output = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
        for (resource, most) in limits {
            var limit = rlimit(rlim_cur: most, rlim_max: most)
            setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        }
        let picture = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
        var (jpeg, size) = (UnsafeMutablePointer<UInt8>?.none, 0)
        let status = cheif_to_jpeg(picture, picture.count, mostPixels, 90, &jpeg, &size)
        let outcome = Outcome(rawValue: UInt8(truncatingIfNeeded: status)) ?? .failed
        let answer = FileHandle(fileDescriptor: output, closeOnDealloc: false)
        try? answer.write(contentsOf: [outcome.rawValue])
        if outcome == .done, let jpeg { try? answer.write(contentsOf: Data(bytes: jpeg, count: size)) }
        exit(0)
    }
}
