import Blobs
import Database
package import Kernel

/// Throws away sealed files that nobody names any more: of pictures that were replaced, of uploads that were given up,
/// and of writes that never came to an end.
extension Documents {
    /// A sealed file is durable before the row that names it; one younger than this may still get its row.
    static let grace = Duration.seconds(24 * 3_600)
    private static let namesAtOnce = 500

    /// One round. Once a day it goes through the whole store; several processes share the days among them.
    /// - Returns: how many files were removed.
    @discardableResult
    package func sweep() async throws -> Int {
        let now = clock.now
        let day = String(now.iso8601.prefix(10))
        let sweeps = SweepStore()
        let isFirstToday = try await database.write { tx in try sweeps.claim(day: day, in: tx) }
        while try await database.write({ tx in try sweeps.forgetExpiredUploads(at: now, in: tx) }) > 0 {
            try Task.checkCancellation()
        }
        var count = 0
        while true {
            let due = try await database.read { tx in try sweeps.due(at: now, in: tx) }
            if due.isEmpty { break }
            let taken = try await database.write { tx in try sweeps.take(due, at: now, in: tx) }
            for name in taken { try await blobs.remove(name) }
            count += taken.count
            try Task.checkCancellation()
        }
        if isFirstToday { count += try await sweepOrphans(before: now - Self.grace) }
        return count
    }

    private func sweepOrphans(before moment: Instant) async throws -> Int {
        let sweeps = SweepStore()
        try await blobs.removeLeftovers(before: moment)
        guard let beginning = try await database.read({ tx in try sweeps.beginning(in: tx) }), beginning < moment else {
            return 0
        }
        var count = 0
        for try await page in blobs.names(written: beginning..<moment) {
            // A folder's page grows with the store, and a statement takes only so many values.
            for start in stride(from: 0, to: page.count, by: Self.namesAtOnce) {
                let some = page[start..<min(start + Self.namesAtOnce, page.count)]
                let known = try await database.read { tx in try sweeps.known(among: some, in: tx) }
                for name in some where !known.contains(name) {
                    try await blobs.remove(name)
                    count += 1
                }
                try Task.checkCancellation()
            }
        }
        return count
    }
}
