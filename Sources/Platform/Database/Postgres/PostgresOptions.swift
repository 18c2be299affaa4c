import CPostgres

/// Where the server is and how it is used.
package struct PostgresOptions: Sendable {
    /// A conninfo string or a `postgres://` address; carries the password, so it is never logged.
    let conninfo: String
    /// What may be shown of the address: `user@host:port/database`.
    package let address: String
    /// Connections for reads and writes, each with its thread; 1–64. One more listens.
    package var connections = 16
    /// Requests that may wait for a connection.
    package var queueLength = 1_024
    /// How long a request waits for a connection, whether they are in use or can't be had.
    package var patience = Duration.seconds(5)
    /// How long one statement may take.
    package var statementTimeout = Duration.seconds(15)
    /// How long a server may owe an answer before its connection is given up: one that works ends a statement earlier.
    var silence: Duration { statementTimeout + .seconds(1) }
    /// How long a statement waits for somebody else's lock.
    package var lockTimeout = Duration.seconds(5)
    /// Runs of one closure, and the time in which they must end, when others change the same rows.
    package var attempts = 40
    package var persistence = Duration.seconds(10)
    /// Runs every writing closure twice, the first time rolled back; for tests.
    package var isRehearsing = false

    package static let allowedConnections = 1...64

    /// The address can't be read. What it is made of is not repeated: it may hold a password.
    package struct Unreadable: Error {}

    /// - Parameter conninfo: as libpq reads it (PostgreSQL manual, 34.1.1), with several hosts if need be.
    package init(_ conninfo: String) throws(Unreadable) {
        guard let parsed = PQconninfoParse(conninfo, nil) else { throw Unreadable() }
        defer { PQconninfoFree(parsed) }
        var parts: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.conninfo = conninfo
        let place = parts["host"] ?? parts["hostaddr"] ?? "localhost"
        // Several hosts have several ports, of which each may be left out.
        let ports = parts["port"] ?? ""
        let port = ports.contains(where: \.isNumber) ? ":" + ports : ""
        address = "\(parts["user"].map { $0 + "@" } ?? "")\(place)\(port)/\(parts["dbname"] ?? "")"
    }

    /// Opens a connection. Blocks; `connect_timeout` bounds it for each host.
    func connect() -> OpaquePointer? {
        let pairs: [(String, String)] = [
            // What the operator's own string says about these goes first.
            ("connect_timeout", "5"), ("target_session_attrs", "read-write"), ("keepalives", "1"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"), ("fallback_application_name", "ruzhu"),
            // Looking for Kerberos tickets costs each connection time, and few have them.
            ("gssencmode", "disable"), ("dbname", conninfo),
            ("client_encoding", "UTF8"),
        ]
        return withCStrings(pairs.map(\.0)) { keywords in
            withCStrings(pairs.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
        }
    }

    private func withCStrings<Value>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value?
    ) -> Value? {
        let bytes = texts.map { Array($0.utf8CString) }
        let all = bytes.flatMap { $0 }
        return all.withUnsafeBufferPointer { buffer -> Value? in
            guard let base = buffer.baseAddress else { return nil }
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = bytes.map { text in
                defer { offset += text.count }
                return base + offset
            }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { $0.baseAddress.flatMap(body) }
        }
    }
}
