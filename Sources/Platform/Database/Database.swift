/// Where the product keeps its rows. SQLite today; PostgreSQL fits behind the same two acts.
///
/// Closures are synchronous, touch nothing but the transaction, and may run more than once.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Reads one consistent state.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value

    /// Changes rows. Returns only after the change is on the disk; an error changes nothing.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value

    /// Calls `observer` after each commit, from the engine's own thread: a hint that there may be work to do.
    func afterCommit(_ observer: @escaping @Sendable () -> Void)

    /// Does what the engine wants done now and then, such as letting go of the traces of overwritten rows.
    func tidy() async throws

    /// Closes all connections, once those in use are done.
    func close() throws
}
