import Accounts
import Database
import Kernel
import Sealing

/// The row of an uploaded picture. There is no file behind it: nothing of the load looks at pictures, and twenty
/// thousand files would only slow the copying of the data.
struct PictureRow: Record {
    static let table = BenchTables.documents

    let values: [any SQLConvertible]

    init(
        id: ID<PictureRow>, person: ID<Person>, stream: String, kind: String, key: OwnerKey, at now: Instant
    ) throws {
        let digest = try key.seal([UInt8](repeating: 7, count: 32), place: "documents.digest", row: id.text)
        var chance = SystemRandomNumberGenerator()
        let blob = Hex.text(of: (0..<16).map { _ in UInt8.random(in: 0...255, using: &chance) })
        values = [
            id, person, stream, kind, "image/jpeg", 1_600, 1_200, now, blob, digest, "not_needed",
            Optional<[UInt8]>.none,
        ]
    }

    init(row: Row) throws { throw UnreadableColumn(column: "id", type: "PictureRow") }
}
