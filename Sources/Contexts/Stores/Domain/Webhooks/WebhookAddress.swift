import Kernel

/// Where an endpoint is called: `https://host[:port]/path[?query]`.
struct WebhookAddress: Sendable, Hashable {
    let text: String
    let isSecure: Bool
    /// A name in lower case, or an address; IPv6 without its brackets.
    let host: String
    let port: Int
    /// The address that the host is, if it is no name.
    let literal: NetworkAddress?

    /// Why a text is no such address. The raw value is the stable code.
    enum Fault: String, Error {
        case unreadable = "webhook.address_unreadable"
        case insecure = "webhook.address_insecure"
        case notPublic = "webhook.address_private"
    }

    /// Reads an address. Names are plain ASCII (an international name in its `xn--` form), because the name that is
    /// checked must be the very one that is connected to.
    ///
    /// - Parameter allowed: the hosts that the machine's owner trusts; only these may be private or without TLS.
    init(_ text: String, allowing allowed: AllowedHosts) throws(Fault) {
        let shape =
            #/(?<scheme>https?):\/\/(?<host>[A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(?::(?<port>[0-9]{1,5}))?(?<rest>[\/?][\x21\x23-\x7E]*)?/#
        guard text.utf8.count <= 500, let found = text.wholeMatch(of: shape), !text.contains("#") else {
            throw .unreadable
        }
        let host = found.host.lowercased().filter { $0 != "[" && $0 != "]" }
        isSecure = found.scheme == "https"
        let port = found.port.map { Int($0) ?? 0 } ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else { throw .unreadable }
        self.port = port
        self.host = host
        literal = found.host.hasPrefix("[") ? NetworkAddress(ipv6: host) : NetworkAddress(ipv4: host)
        guard literal != nil || (!found.host.hasPrefix("[") && Self.isName(host)) else { throw .unreadable }
        let shown = found.host.hasPrefix("[") ? "[\(host)]" : host
        self.text =
            "\(found.scheme)://\(shown)" + (found.port.map { ":\($0)" } ?? "") + (found.rest.map(String.init) ?? "/")
        if !allowed.contains(host, port: port) {
            guard isSecure else { throw .insecure }
            guard literal?.isPublic ?? true, host != "localhost", !host.hasSuffix(".localhost") else {
                throw .notPublic
            }
        }
    }

    /// Labels of letters, digits and hyphens; the last is no number, or some resolvers would read an address.
    private static func isName(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253 && !(labels.last?.first?.isNumber ?? true)
            && labels.allSatisfy { (1...63).contains($0.utf8.count) && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }
}

/// Hosts that may be called although they are not public, as `host` or `host:port`.
struct AllowedHosts: Sendable {
    private let names: Set<String>

    init(_ names: some Sequence<String>) { self.names = Set(names.map { $0.lowercased() }) }

    func contains(_ host: String, port: Int) -> Bool { names.contains(host) || names.contains("\(host):\(port)") }
}

extension NetworkAddress {
    /// Four numbers with dots; no other notation.
    init?(ipv4 text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0 == "0" || !$0.hasPrefix("0") ? UInt8($0) : nil }
        guard parts.count == 4, numbers.count == 4, parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return nil }
        self.init(bytes: numbers)
    }

    /// RFC 4291 section 2.2, without the form that ends like an IPv4 address.
    init?(ipv6 text: String) {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        func groups(_ half: Substring) -> [UInt16]? {
            guard !half.isEmpty else { return [] }
            let parts = half.split(separator: ":", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { $0.utf8.count <= 4 ? UInt16($0, radix: 16) : nil }
            return numbers.count == parts.count ? numbers : nil
        }
        guard (1...2).contains(halves.count), let first = halves.first.flatMap(groups),
            let last = halves.count == 2 ? groups(halves[1]) : []
        else { return nil }
        let missing = 8 - first.count - last.count
        guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
        let all = first + Array(repeating: 0, count: missing) + last
        self.init(bytes: all.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }
}

extension WebhookAddress.Fault: ProblemConvertible {
    var problem: Problem {
        let (title, hint) =
            switch self {
            case .unreadable: ("看不懂这个地址", "请写成 https://mall.example.cn/hooks 的样子，500 个字符以内，不带 # 和用户名；中文域名请写 xn-- 形式")
            case .insecure: ("地址要用 https", "内网地址请先由管理员写进 RUZHU_WEBHOOK_HOSTS，才能用 http")
            case .notPublic: ("这是内网或本机地址", "确实要发到内网，请先由管理员把主机写进 RUZHU_WEBHOOK_HOSTS")
            }
        return Problem(.unprocessable, code: rawValue, title: title, hint: hint)
    }
}
