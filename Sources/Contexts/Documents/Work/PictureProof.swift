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
            _ = try await open(document.blob, of: document, place: Self.picturePlace)
            report.opened += 1
            for crop in crops {
                _ = try await open(crop, of: document, place: Self.cropPlace)
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
