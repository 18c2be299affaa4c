import ArgumentParser
import Composition
import Foundation

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "启动服务")

    @Option(help: "这个进程的角色，用逗号分开：\(Roles.known.joined(separator: "、"))")
    var roles: String?

    func run() async throws {
        var settings = try Settings(environment: ProcessInfo.processInfo.environment)
        if let roles { settings.roles = try Roles(roles) }
        try await Launch.serve(settings)
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "更新数据库结构，第一次还会发布规则包；首次运行时生成主密钥")

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        for line in try await Launch.migrate(settings) { print(line) }
    }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "启动演示：虚构数据、样例证照、本机短信沙箱")

    @Option(help: "监听的端口")
    var port = 8080

    @Option(help: "演示数据的目录")
    var data = ".local/demo"

    @Option(help: "这个进程的角色：all、web、worker；几个进程可以共用一个目录")
    var roles: String?

    func run() async throws {
        var environment = ProcessInfo.processInfo.environment
        if let roles { environment["RUZHU_ROLES"] = roles }
        // Whoever tries the demo waits for nobody when it ends.
        environment["RUZHU_DRAIN_SECONDS"] = environment["RUZHU_DRAIN_SECONDS"] ?? "0"
        environment["RUZHU_PORT"] = String(port)
        environment["RUZHU_DATA"] = data
        environment["RUZHU_PUBLIC_URL"] = "http://127.0.0.1:\(port)"
        try await Launch.demo(try Settings(environment: environment))
    }
}

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "检查这台机器能不能正常服务，用大白话说明")

    func run() async throws {
        let findings = await Launch.examine(ProcessInfo.processInfo.environment)
        for finding in findings { print(finding.line) }
        if findings.contains(where: \.isFatal) { throw ExitCode.failure }
    }
}

struct Staff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "给一个手机号工作人员角色")

    @Argument(help: "手机号")
    var phone: String

    @Argument(help: "角色：reviewer（审核员）或 operator（运营）")
    var role: String

    func run() async throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        print(try await Launch.grant(role: role, phone: phone, settings))
    }
}
