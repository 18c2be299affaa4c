import ArgumentParser
import CanonicalJSON
import Composition
import Foundation

struct Routes: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "列出哪个角色提供哪个地址，或生成 nginx 配置")

    @Flag(help: "输出 nginx 配置")
    var nginx = false

    @Flag(help: "输出 JSON")
    var json = false

    @Option(help: "角色=地址:端口，多个地址用逗号分开；可以重复。默认 all=127.0.0.1:8080")
    var upstream: [String] = []

    @Option(help: "nginx 监听的端口或地址")
    var listen: String?

    @Option(help: "nginx 的 server_name")
    var serverName = "_"

    @Option(help: "TLS 证书链文件；和 --certificate-key 一起用")
    var certificate: String?

    @Option(help: "TLS 私钥文件")
    var certificateKey: String?

    @Flag(help: "演示自己的页面也转发")
    var demo = false

    func validate() throws {
        guard (certificate == nil) == (certificateKey == nil) else {
            throw ValidationError("--certificate 和 --certificate-key 要一起写")
        }
    }

    func run() throws {
        let table = try RouteTable.current()
        if nginx {
            print(try configuration(table).text, terminator: "")
        } else if json {
            print(table.json.canonicalText)
        } else {
            for line in table.lines { print(line) }
        }
    }

    private func configuration(_ table: RouteTable) throws -> NginxConfiguration {
        let given = try upstream.map(NginxConfiguration.upstream)
        var upstreams: [String: [String]] = given.isEmpty ? ["all": ["127.0.0.1:8080"]] : [:]
        for one in given { upstreams[one.role, default: []] += one.addresses }
        var configuration = try NginxConfiguration(table, upstreams: upstreams)
        if let certificate, let certificateKey { configuration.certificate = (certificate, certificateKey) }
        configuration.listen = listen ?? (certificate == nil ? "80" : "443")
        configuration.serverName = serverName
        configuration.isDemo = demo
        return configuration
    }
}
