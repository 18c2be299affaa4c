import Foundation

/// What processes have used of the CPU, from /proc.
struct ServerCPU {
    let pids: [Int]
    /// Every process of this name counts too, such as `postgres`.
    let name: String?

    private static let hertz = Double(sysconf(Int32(_SC_CLK_TCK)))

    /// Seconds so far, of the given processes and of the named ones.
    var seconds: (server: Double, named: Double) {
        (pids.map(Self.seconds(of:)).reduce(0, +), named.map(Self.seconds(of:)).reduce(0, +))
    }

    /// The most memory that the given processes have had resident at once, in MB each, summed.
    var peakMegabytes: Int {
        pids.map { pid in
            let text = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            return Int(line?.split(whereSeparator: { !$0.isNumber }).first ?? "0") ?? 0
        }.reduce(0, +) / 1_024
    }

    private var named: [Int] {
        guard let name else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap(Int.init).filter { pid in
            (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) == name + "\n"
        }
    }

    private static func seconds(of pid: Int) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        let words = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 12, let user = Double(words[11]), let system = Double(words[12]) else { return 0 }
        return (user + system) / hertz
    }
}
