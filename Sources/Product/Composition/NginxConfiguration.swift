import Foundation

/// The nginx configuration for a set of processes, generated from the routes that they serve.
package struct NginxConfiguration: Sendable {
    package let table: RouteTable
    /// Role → addresses (`host:port`) of the processes that have it.
    package let upstreams: [String: [String]]
    package var listen = "80"
    package var serverName = "_"
    /// PEM files of the certificate chain and its key.
    package var certificate: (chain: String, key: String)?
    /// Whether the demo's own pages are served too; they are in the process that sends messages.
    package var isDemo = false

    /// Nobody serves these parts.
    package struct Unserved: Error, CustomStringConvertible {
        let parts: [Part]
        package var description: String {
            "没有进程提供：\(parts.map(\.rawValue).joined(separator: "、"))。请加上 --upstream web=地址，或它们自己的角色"
        }
    }

    package init(_ table: RouteTable, upstreams: [String: [String]]) throws {
        (self.table, self.upstreams) = (table, upstreams)
        let unserved = Part.allCases.filter { part in
            table.entries.contains { $0.part == part } && Self.role(of: part, among: upstreams) == nil
        }
        guard unserved.isEmpty else { throw Unserved(parts: unserved) }
    }

    /// Reads `role=host:port,host:port`.
    package static func upstream(_ text: String) throws -> (role: String, addresses: [String]) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        let addresses = (sides.last ?? "").split(separator: ",").map(String.init)
        let isPlain = addresses.allSatisfy { $0.wholeMatch(of: #/[A-Za-z0-9.\-]+:\d{1,5}|unix:[\w\/.\-]+/#) != nil }
        guard sides.count == 2, Roles.known.contains(sides[0]), !addresses.isEmpty, isPlain else {
            throw Settings.Fault(description: "--upstream 应写作 角色=地址:端口，多个用逗号分开，例如 web=127.0.0.1:8081,127.0.0.1:8082")
        }
        return (sides[0], addresses)
    }

    private static func role(of part: Part, among upstreams: [String: [String]]) -> String? {
        Roles.serving(part).first { upstreams[$0] != nil }
    }

    /// Who answers what no other location takes: unknown addresses, styles, health.
    private var fallback: String {
        ["web", "all"].first { upstreams[$0] != nil } ?? Self.role(of: .applications, among: upstreams) ?? "all"
    }

    package var text: String {
        let locations = table.entries.compactMap { entry -> String? in
            guard let role = Self.role(of: entry.part, among: upstreams), role != fallback else { return nil }
            return "    location \(Self.pattern(entry.path)) { proxy_pass http://ruzhu_\(role); }"
        }
        let groups = upstreams.keys.sorted().map { Self.upstream($0, upstreams[$0] ?? []) }
        return (Self.head + groups + [server(locations)]).joined(separator: "\n\n") + "\n"
    }

    /// An exact match for the root, a regular expression for all else: `{name}` stands for any one part.
    private static func pattern(_ path: String) -> String {
        guard path != "/" else { return "= /" }
        let parts = path.split(separator: "/").map { part in
            part.replacing(#/\{[^}]*\}/#, with: "\u{0}").split(separator: "\u{0}", omittingEmptySubsequences: false)
                .map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: "[^/]+")
        }
        // Quoted, because braces and semicolons would end the directive.
        return "~ \"^/\(parts.joined(separator: "/"))/?$\""
    }

    private static func upstream(_ role: String, _ addresses: [String]) -> String {
        let servers = addresses.map { "    server \($0) max_fails=2 fail_timeout=2s;" }
        return """
            upstream ruzhu_\(role) {
            \(servers.joined(separator: "\n"))
                keepalive 32;
                # Shorter than RUZHU_DRAIN_SECONDS: a process that stops has no idle connection of ours left to close.
                keepalive_timeout 3s;
            }
            """
    }

    private static let head = [
        "# Made by `ruzhu routes --nginx`; make it anew after each upgrade. Belongs into nginx's http block.",
        """
        # One limit on writes for all processes together; each process has its own besides.
        map $request_method $ruzhu_writer {
            default $binary_remote_addr;
            GET     "";
            HEAD    "";
        }
        limit_req_zone $ruzhu_writer zone=ruzhu_writes:10m rate=\(WriteLimit.perMinute)r/m;
        """,
    ]

    private func server(_ locations: [String]) -> String {
        let demo = isDemo ? ["    location /demo/ { proxy_pass http://ruzhu_\(demoRole); }"] : []
        return """
            server {
            \(listening)
                server_name \(serverName);

                # The product packs its own answers, and refuses what is too large with a better text than nginx's.
                gzip off;
                client_max_body_size 13m;
                client_body_timeout 30s;

                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                # The product believes the last address only, and only with RUZHU_TRUST_PROXY=yes.
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_connect_timeout 2s;
                proxy_send_timeout 30s;
                # An answer that comes piece by piece switches buffering off itself, with X-Accel-Buffering: no.
                proxy_read_timeout 60s;

                # What could not be handed over goes to the next process. A write that was sent is not sent again
                # (no non_idempotent): not every write carries an Idempotency-Key.
                proxy_next_upstream error timeout;
                proxy_next_upstream_tries 3;
                proxy_next_upstream_timeout 10s;

                limit_req zone=ruzhu_writes burst=\(WriteLimit.burst) nodelay;
                limit_req_status 429;
                error_page 429 @ruzhu_busy;
                error_page 502 503 504 = @ruzhu_away;

                # For the machine itself; nothing that came through a proxy gets them anyway.
                location = /metrics { return 404; }
            \((demo + locations + ["    location / { proxy_pass http://ruzhu_\(fallback); }"]).joined(separator: "\n"))

                location @ruzhu_busy {
                    default_type application/problem+json;
                    return 429 '{"type":"about:blank","status":429,"code":"rate.limited","title":"操作太频繁","detail":"请稍等一分钟再试，已填写的内容不会丢失"}';
                }
                location @ruzhu_away {
                    default_type application/problem+json;
                    add_header Retry-After 5 always;
                    return 503 '{"type":"about:blank","status":503,"code":"service.away","title":"服务暂时不可用","detail":"请几秒后再试，已保存的内容不会丢失"}';
                }
            }
            """
    }

    private var demoRole: String { ["notifications", "worker", "all"].first { upstreams[$0] != nil } ?? fallback }

    private var listening: String {
        guard let certificate else { return "    listen \(listen);" }
        return """
                listen \(listen) ssl http2;
                ssl_certificate     \(certificate.chain);
                ssl_certificate_key \(certificate.key);
                ssl_protocols       TLSv1.2 TLSv1.3;
            """
    }
}
