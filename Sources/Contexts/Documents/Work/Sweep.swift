import Blobs
import Database
package import Kernel

/// Throws away sealed files that nobody names any more: of pictures that were replaced, of uploads that were given up,
/// and of writes that never came to an end.
extension Documents {
    /// A sealed file is durable before the row that names it; one younger than this may still get its row.
    static let grace = Duration.seconds(24 * 3_600)

    /// One round. Once a day it goes through the whole store; several processes share the days among them.
    /// - Returns: how many files were removed.
    @discardableResult
    package func sweep() async throws -> Int {
        let now = clock.now
        let day = String(now.iso8601.prefix(10))
        let sweeps = SweepStore()
        let isFirstToday = try await database.write { tx in
            try sweeps.forgetExpiredUploads(at: now, in: tx)
            return try sweeps.claim(day: day, in: tx)
        }
        var count = 0
        while true {
            let found = try await database.read { tx in try sweeps.unnamed(at: now, in: tx) }
            if found.isEmpty { break }
            let taken = try await database.write { tx in try sweeps.take(found, at: now, in: tx) }
            for name in taken { try await blobs.remove(name) }
            count += taken.count
            // All of them were named meanwhile.
            if taken.isEmpty { break }
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
        for try await page in blobs.names(written: beginning..<moment) where !page.isEmpty {
            let known = try await database.read { tx in try sweeps.known(among: page, in: tx) }
            for name in page where !known.contains(name) {
                try await blobs.remove(name)
                count += 1
            }
        }
        return count
    }
}
