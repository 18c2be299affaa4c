import Foundation
import Hummingbird
import Kernel
import Logging
import Notifications
import Sealing
import ServiceLifecycle
import Web

extension Launch {
    /// Serves the product with made-up data; short messages go to a sandbox server in this process.
    /// Of several processes, the messages' sandbox and box are in the one that sends.
    package static func demo(_ given: Settings) async throws {
        var settings = given
        settings.isDemo = true
        settings.host = "127.0.0.1"
        settings.masterKeyFile = settings.dataFolder.appending(path: "master.key")
        guard try await inWords({ try await DemoSeed.mayUse(settings) }) else {
            throw Settings.Fault(description: "\(settings.dataFolder.path) 或 RUZHU_DATABASE 里有不是演示的数据，请换一个")
        }
        try DemoSeed.claim(settings)
        _ = try await migrate(settings)
        let logger = logger(settings)
        let clock = SystemClock()
        let sandboxPort = try FreePort.find()
        let account = try ShortMessageSettings(
            endpoint: "http://127.0.0.1:\(sandboxPort)", secretID: "sandbox",
            secretKey: Secret(ID<ShortMessageSandbox>.new(at: clock.now).text), appID: "1400000000", sign: "商家入驻",
            templates: Dictionary(uniqueKeysWithValues: ShortMessage.Kind.allCases.map { ($0, $0.rawValue) }))
        let sandbox = ShortMessageSandbox(settings: account, clock: clock)
        let reader = reader(settings, logger)
        let product = try Product(
            settings, reader: reader.use, sender: TencentShortMessages(account, clock: clock), clock: clock,
            logger: logger)
        try checkEngine(of: product)
        try await product.prepare()
        let router = product.router()
        var services = reader.services
        if settings.roles.working.contains(.notifications) {
            try await DemoSeed(product: product).run()
            DemoRoutes(pages: product.pages, papers: settings.papersFolder) {
                sandbox.messages().map { DemoMessage(time: $0.at.shortChinese, phone: $0.phone, text: $0.text) }
            }.add(to: router)
            services.insert(sandbox.application(port: sandboxPort, logger: logger), at: 0)
        }
        let address = settings.publicURL
        let app = product.application(router: router, services: services) {
            print(
                """
                演示已就绪：\(address)
                  审核员 \(DemoSeed.reviewer) · 运营 \(DemoSeed.operatorPhone)，在 \(address)/staff/sign-in 登录
                  验证码在 \(address)/demo/messages
                """)
            // Whoever started this may read it through a pipe.
            fflush(nil)
        }
        try await run(app, of: product)
    }
}

/// Finds a port of this machine that nobody uses.
enum FreePort {
    struct NoPort: Error {}

    static func find() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw NoPort() }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
            }
        }
        guard isBound else { throw NoPort() }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
