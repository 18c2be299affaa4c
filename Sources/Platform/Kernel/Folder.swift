#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder as the disk knows it.
package enum Folder {
    /// A folder could not be synced.
    package struct NotSynced: Error {
        package let path: String
        package let code: Int32
    }

    /// Returns when the names in a folder would survive the loss of power: syncing a new file keeps its bytes only.
    package static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw NotSynced(path: path, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw NotSynced(path: path, code: errno) }
    }
}
