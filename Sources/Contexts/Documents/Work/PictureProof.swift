import Accounts
import Blobs
import Database
package import Kernel
import Sealing

/// What looking at kept pictures came to.
package struct PictureReport: Sendable, Equatable {
    /// Files that rows name: pictures, and what was cut from them.
    package fileprivate(set) var named = 0
    /// Files that were opened under their owner's key.
    package fileprivate(set) var opened = 0
    /// Pictures whose owner's key was destroyed.
    package fileprivate(set) var erased = 0
    /// Pictures of which a file is missing or does not open.
    package fileprivate(set) var broken: [String] = []
}

extension Documents {
    /// Looks whether every file that a row names is in the store, without opening any.
    ///
    /// - Returns: how many rows name, and the names of those that are not there.
    package func proveFiles() async throws -> (named: Int, missing: [String]) {
        let sweeps = SweepStore()
        let named = try await database.read { tx in try sweeps.named(in: tx) }
        var missing = Set(named)
        for try await page in blobs.names(written: Instant(milliseconds: 0)..<clock.now + Self.grace) {
            missing.subtract(page)
        }
        // What was replaced meanwhile is not missed.
        let candidates = Array(missing)
        let known = try await database.read { tx in
            try stride(from: 0, to: candidates.count, by: 500).flatMap { place in
                try sweeps.known(among: candidates[place..<min(place + 500, candidates.count)], in: tx)
            }
        }
        return (named.count, known.map(\.text).sorted())
    }

    /// Looks whether the files that rows name are there and open.
    ///
    /// - Parameter most: how many pictures are opened, spread evenly over all.
    package func provePictures(most: Int) async throws -> PictureReport {
        let all = try await database.read { [store] tx in try store.all(in: tx) }
        let step = max(1, (all.count + max(most, 1) - 1) / max(most, 1))
        var report = PictureReport()
        for place in stride(from: 0, to: all.count, by: step) { try await prove(all[place], into: &report) }
        return report
    }

    private func prove(_ id: ID<Document>, into report: inout PictureReport) async throws {
        do {
            let found = try await database.read { [store, self] tx in
                (document: try store.find(id, in: tx)?.document, reading: try reading(of: id, in: tx))
            }
            guard let document = found.document else { return }
            let crops = (found.reading?.reveal().fields ?? [:]).values.compactMap { $0.cropBlob.flatMap(BlobName.init) }
            report.named += 1 + crops.count
            _ = try await picture(of: document)
            report.opened += 1
            for crop in crops {
                _ = try await self.crop(crop, of: document)
                report.opened += 1
            }
        } catch is Vault.Erased {
            report.erased += 1
        } catch is MissingBlob {
            report.broken.append(id.text)
        } catch is OwnerKey.Unreadable {
            report.broken.append(id.text)
        }
    }
}
