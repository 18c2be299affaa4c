import Foundation
import Kernel

/// Every write that a server acknowledged, a line each, for comparing with the database afterwards:
/// kind, application or case, idempotency key, the draft's version, milliseconds since 1970.
final class Ledger {
    private let file: UnsafeMutablePointer<FILE>

    init(_ path: String) throws {
        guard let file = fopen(path, "a") else { throw Complaint(description: "写不了 \(path)") }
        self.file = file
        // A line at a time, so that a load that is killed leaves all but the last one.
        setvbuf(file, nil, _IOLBF, 0)
    }

    deinit { fclose(file) }

    func note(_ request: Planned, version: Int) {
        let now = SystemClock().now.milliseconds
        fputs("\(request.route.rawValue)\t\(request.subject)\t\(request.key)\t\(version)\t\(now)\n", file)
    }

    /// One line of a ledger.
    struct Entry {
        let route: Route
        let subject: String
        let key: String
        let version: Int
    }

    static func read(_ path: String) throws -> [Entry] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint(description: "没有 \(path)")
        }
        // A load that was killed may have left half a line.
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 5, let route = Route(rawValue: words[0]), let version = Int(words[3]) else {
                return nil
            }
            return Entry(route: route, subject: words[1], key: words[2], version: version)
        }
    }
}
