import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the addresses of a host, in the order in which they should be tried (RFC 6724).
struct HostResolver: Sendable {
    /// The addresses with their texts; throws `Unresolved`.
    let addresses: @Sendable (_ host: String) async throws -> [Found]

    struct Found: Sendable, Equatable {
        let address: NetworkAddress
        /// As the connection is told it.
        let text: String
    }

    struct Unresolved: Error {}

    /// What this machine resolves.
    static let system = HostResolver { host in
        // `getaddrinfo` blocks, for seconds if a name server is silent.
        try await NIOThreadPool.singleton.runIfActive { try look(host) }
    }

    private static func look(_ host: String) throws -> [Found] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let list else { throw Unresolved() }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: \.pointee.ai_next).compactMap { found($0.pointee) }
    }

    private static func found(_ info: addrinfo) -> Found? {
        guard let socket = info.ai_addr else { return nil }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
            getnameinfo(socket, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        let bytes: [UInt8]? =
            switch info.ai_family {
            case AF_INET:
                socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                    withUnsafeBytes(of: address.pointee.sin_addr) { Array($0) }
                }
            case AF_INET6:
                socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    withUnsafeBytes(of: address.pointee.sin6_addr) { Array($0) }
                }
            default: nil
            }
        return bytes.map { bytes in
            Found(
                address: NetworkAddress(bytes: bytes),
                text: String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
    }
}
