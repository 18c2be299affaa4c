import Accounts
import ChineseIdentifiers
import Composition
import Database
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Notifications
import Sealing
import Synchronization
import TestSupport
import Testing
import Web
import Work

/// The whole product in a folder of its own, with a reader that says what it is told and messages that are kept.
final class House: Sendable {
    let product: Product
    let reader: ScriptedReader
    let messages: KeptMessages
    let log: KeptLog
    let folder: URL
    let clock: ManualClock

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let reviewer = "13900008801"
    static let operatorPhone = "13900008802"

    /// What the product was told, for opening it once more.
    let environment: [String: String]
    /// The database's name on the PostgreSQL server.
    private let name: String

    init(engine: TestEngine = .current, through wrap: (any Database) -> any Database = { $0 }) async throws {
        var environment: [String: String]
        folder = URL(filePath: NSTemporaryDirectory()).appending(path: "ruzhu-house-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        environment = [
            "RUZHU_DATA": folder.path, "RUZHU_PACKS": Self.root.appending(path: "packs").path,
            "RUZHU_WEBHOOK_HOSTS": "127.0.0.1:9",
        ]
        if engine == .postgres {
            name = try await PostgresServer.shared().create(with: Product.migrations)
            environment["RUZHU_DATABASE"] = try PostgresServer.shared().conninfo(for: name)
            environment["RUZHU_DATABASE_CONNECTIONS"] = "4"
        } else {
            name = ""
        }
        self.environment = environment
        var settings = try Settings(environment: environment)
        settings.isDemo = false
        try MasterKey.create(file: settings.masterKeyFile.path)
        let kept = KeptLog()
        let logger = Logger(label: "house") { _ in kept }
        (reader, messages, log, clock) = (ScriptedReader(), KeptMessages(), kept, ManualClock())
        product = try Product(
            settings, assets: Assets.none, reader: reader, sender: messages, clock: clock, logger: logger,
            rehearsing: true, through: wrap)
        try await product.prepare()
        try await product.accounts.grant(.reviewer, toPhone: try MobileNumber(Self.reviewer))
        try await product.accounts.grant(.operator, toPhone: try MobileNumber(Self.operatorPhone))
    }

    deinit {
        DispatchQueue.global().async { [product, folder, name] in
            try? product.database.close()
            try? FileManager.default.removeItem(at: folder)
            if !name.isEmpty { try? PostgresServer.shared().giveBack(name) }
        }
    }

    /// Runs a story against the router; nothing happens in the background but what `settle` does.
    func open(
        _ other: Product? = nil, _ story: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let app = Application(router: (other ?? product).router(), logger: Logger(label: "house") { [log] _ in log })
        try await app.test(.router) { client in try await story(client) }
    }

    /// Delivers events and runs jobs until there is nothing left to do.
    func settle(_ other: Product? = nil) async throws {
        let product = other ?? product
        repeat { try await product.dispatcher.drain() } while try await product.jobs.pass() > 0
    }

    func signIn(
        _ visitor: Visitor, _ phone: String, door: String = "/sign-in", in other: Product? = nil
    ) async throws {
        try await visitor.get(door)
        let page = try await visitor.post(door, [("phone", phone), ("consent", "2026-01"), ("next", "")])
        try await settle(other)
        let challenge = try #require(page.path.firstMatch(of: #/challenge=([0-9a-z]{26})/#)?.1)
        let code = try #require(messages.lastCode(to: phone))
        try await visitor.post(door + "/code", [("challenge", String(challenge)), ("code", code), ("next", "")])
    }

    /// Every byte that the product has written.
    func everythingOnDisk() -> [(name: String, bytes: [UInt8])] {
        let all =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let rows = name.isEmpty ? [] : (try? PostgresServer.shared().rows(of: name)) ?? []
        return rows.map { ($0.name, Array($0.bytes)) }
            + all.compactMap { file in
                FileManager.default.contents(atPath: file.path).map { (file.lastPathComponent, Array($0)) }
            }
    }
}

/// A reader that says what it is told.
final class ScriptedReader: PictureReader {
    private let fields = Mutex<[String: ReadField]>([:])

    func say(_ name: String, _ value: String, confidence: Double = 0.98) {
        fields.withLock {
            $0[name] = ReadField(
                value: value, confidence: confidence, box: [100, 100, 200, 40], isRepaired: false,
                crop: Array("crop of \(value)".utf8))
        }
    }

    func read(_ picture: [UInt8]) async throws(PictureReaderFault) -> PictureReading {
        PictureReading(kind: "licence", fields: fields.withLock { $0 })
    }

    var condition: ReaderCondition { ReaderCondition(isReady: true, text: "正常") }
}

/// Keeps what would have been sent.
final class KeptMessages: ShortMessageSender {
    private let kept = Mutex<[(phone: String, message: ShortMessage)]>([])

    func send(_ message: ShortMessage, to phone: MobileNumber) async throws(ShortMessageFault) {
        kept.withLock { $0.append((phone.plain, message)) }
    }

    func check() async -> ShortMessageCheck { ShortMessageCheck(isWorking: true, sentence: "") }

    func kinds(to phone: String) -> [ShortMessage.Kind] {
        kept.withLock { $0.filter { $0.phone == phone }.map(\.message.kind) }
    }

    func lastCode(to phone: String) -> String? {
        let codes = kept.withLock { messages in
            messages.compactMap { one -> String? in
                guard one.phone == phone, case .signInCode(let code, _) = one.message else { return nil }
                return code.reveal()
            }
        }
        return codes.last
    }
}

/// Keeps all that is logged, at every level.
final class KeptLog: LogHandler {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { nil }
        set { _ = newValue.map { value in kept.withLock { $0.append("\(key)=\(value)") } } }
    }

    var metadata: Logger.Metadata {
        get { [:] }
        set { kept.withLock { $0.append("\(newValue)") } }
    }

    var logLevel: Logger.Level {
        get { .trace }
        set { kept.withLock { $0.append("level \(newValue)") } }
    }

    func log(event: LogEvent) { kept.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") } }
}
