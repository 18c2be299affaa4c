package import Database

/// The master key is not the one with which this database was begun.
package struct WrongMasterKey: Error {}

extension Vault {
    /// Makes sure that the master key is this database's own, and keeps a value by which to tell if there is none yet.
    /// With another key nothing old would open, nobody would be found by his phone number, and everything new would be
    /// sealed under a key that nobody backed up.
    package func checkKey(in tx: borrowing Transaction) throws {
        if try !matchesKeptValue(in: tx) {
            try tx.run("INSERT INTO \(KeyCheck.table) (id, value) VALUES (\(1), \(checkValue))")
        }
    }

    /// Makes sure of the same without changing anything.
    package func verifyKey(in tx: borrowing Transaction) throws { _ = try matchesKeptValue(in: tx) }

    /// - Returns: false if nothing is kept yet.
    /// - Throws: `WrongMasterKey`.
    private func matchesKeptValue(in tx: borrowing Transaction) throws -> Bool {
        let kept: [UInt8]? = try tx.value("SELECT value FROM \(KeyCheck.table) WHERE id = 1")
        if let kept {
            guard kept == checkValue else { throw WrongMasterKey() }
            return true
        }
        // A database from before the value was kept: any key that it holds tells as well.
        let some: KeyRecord? = try tx.first(
            "SELECT \(columns: KeyRecord.table) FROM \(KeyRecord.table) WHERE wrapped IS NOT NULL LIMIT 1")
        if let some, (try? unwrap(some)) == nil { throw WrongMasterKey() }
        return false
    }

    private var checkValue: [UInt8] { blindIndex("check", domain: "vault") }
}
