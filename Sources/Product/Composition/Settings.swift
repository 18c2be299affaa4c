package import Foundation
package import Notifications
package import Sealing
package import WorkingTime

/// All that an operator can set, read once from the environment. Each key is listed with its meaning in
/// `Settings.keys`, from which the manual's table is checked.
package struct Settings: Sendable {
    package var host: String
    package var port: Int
    /// Where people reach the product; cookies are for HTTPS only if this begins with `https`.
    package var publicURL: String
    package var dataFolder: URL
    package var rows: Rows
    package var masterKeyFile: URL
    package var packsFolder: URL
    /// The mall's own pack among them.
    package var mallPack: URL { packsFolder.appending(path: "mall") }
    package var assetsFolder: URL
    package var recognitionFolder: URL
    package var papersFolder: URL
    package var trustsProxy: Bool
    /// From where metrics may be asked for besides this machine.
    package var metricsNetwork: AddressRange?
    /// How long a process that is told to stop still takes requests, saying that it is not ready.
    package var drainDelay: Duration
    /// How long requests that are being answered then have to end.
    package var stopWithin: Duration
    package var logLevel: String
    /// When reviewers work; expected times are counted in these hours.
    package var workingHours: WorkingHours
    /// Hosts, or hosts with ports, that webhooks may reach although they are not public.
    package var webhookHosts: [String]
    /// How shops' owners reach the mall, as they read it.
    package var support: String
    /// What this process does of the whole.
    package var roles: Roles
    package var shortMessages: ShortMessageKeys
    package var objectStore: ObjectStoreKeys
    /// Demo data, the demo's pages, and sandbox servers in place of the outside world.
    package var isDemo = false

    /// The account at the short-message vendor.
    package struct ShortMessageKeys: Sendable {
        package var endpoint: String
        package var region: String
        package var secretID: String
        package var secretKey: Secret<String>
        package var appID: String
        package var sign: String
        package var templates: [ShortMessage.Kind: String]
    }

    /// The object store that takes the place of the folder of sealed files, if there is one.
    package struct ObjectStoreKeys: Sendable {
        /// `s3://bucket/prefix`; empty for a folder.
        package var location: String
        package var endpoint: String
        package var region: String
        package var accessKey: String
        package var secretKey: Secret<String>
    }

    package var blobsFolder: URL { dataFolder.appending(path: "blobs") }
    package var isSecure: Bool { publicURL.hasPrefix("https") }

    /// A value that can't be.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads the settings from environment variables; what is not set has its default.
    package init(environment: [String: String]) throws {
        func value(_ name: String) -> String {
            let given = environment[name] ?? ""
            return given.isEmpty ? Self.keys.first { $0.name == name }?.standard ?? "" : given
        }
        func folder(_ name: String) -> URL { URL(filePath: value(name), directoryHint: .isDirectory) }
        guard let port = Int(value("RUZHU_PORT")), (1...65_535).contains(port) else {
            throw Fault(description: "RUZHU_PORT 应为 1–65535 的端口号，现在是 \(value("RUZHU_PORT"))")
        }
        func seconds(_ name: String, _ range: ClosedRange<Int>) throws -> Duration {
            guard let number = Int(value(name)), range.contains(number) else {
                throw Fault(
                    description: "\(name) 应为 \(range.lowerBound)–\(range.upperBound) 的秒数，现在是 \(value(name))")
            }
            return .seconds(number)
        }
        host = value("RUZHU_HOST")
        self.port = port
        publicURL = value("RUZHU_PUBLIC_URL")
        dataFolder = folder("RUZHU_DATA")
        rows = try Self.rows(
            value("RUZHU_DATABASE"), connections: value("RUZHU_DATABASE_CONNECTIONS"), dataFolder: dataFolder)
        let key = value("RUZHU_MASTER_KEY_FILE")
        masterKeyFile = key.isEmpty ? dataFolder.appending(path: "master.key") : URL(filePath: key)
        packsFolder = folder("RUZHU_PACKS")
        assetsFolder = folder("RUZHU_ASSETS")
        recognitionFolder = folder("RUZHU_RECOGNITION_HOME")
        papersFolder = folder("RUZHU_PAPERS")
        trustsProxy = value("RUZHU_TRUST_PROXY") == "yes"
        let metrics = value("RUZHU_METRICS_FROM")
        metricsNetwork = AddressRange(metrics)
        guard metrics.isEmpty || metricsNetwork != nil else {
            throw Fault(description: "RUZHU_METRICS_FROM 应写作 10.244.0.0/16 这样的网段，现在是 \(metrics)")
        }
        drainDelay = try seconds("RUZHU_DRAIN_SECONDS", 0...300)
        stopWithin = try seconds("RUZHU_STOP_SECONDS", 1...300)
        roles = try Roles(value("RUZHU_ROLES"))
        logLevel = value("RUZHU_LOG_LEVEL")
        guard let hours = WorkingHours(value("RUZHU_WORKING_HOURS")) else {
            throw Fault(
                description: "RUZHU_WORKING_HOURS 应写作 09:00-12:00,13:30-18:00，现在是 \(value("RUZHU_WORKING_HOURS"))")
        }
        workingHours = hours
        support = value("RUZHU_SUPPORT")
        webhookHosts = value("RUZHU_WEBHOOK_HOSTS").split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }
        objectStore = ObjectStoreKeys(
            location: value("RUZHU_BLOBS"), endpoint: value("RUZHU_S3_ENDPOINT"), region: value("RUZHU_S3_REGION"),
            accessKey: value("RUZHU_S3_ACCESS_KEY"), secretKey: Secret(value("RUZHU_S3_SECRET_KEY")))
        shortMessages = ShortMessageKeys(
            endpoint: value("RUZHU_SMS_ENDPOINT"), region: value("RUZHU_SMS_REGION"),
            secretID: value("RUZHU_SMS_SECRET_ID"), secretKey: Secret(value("RUZHU_SMS_SECRET_KEY")),
            appID: value("RUZHU_SMS_APP_ID"), sign: value("RUZHU_SMS_SIGN"),
            templates: [
                .signInCode: value("RUZHU_SMS_TEMPLATE_CODE"), .changesRequested: value("RUZHU_SMS_TEMPLATE_CHANGES"),
                .rejected: value("RUZHU_SMS_TEMPLATE_REJECTED"), .shopOpened: value("RUZHU_SMS_TEMPLATE_OPENED"),
                .turnoverNear: value("RUZHU_SMS_TEMPLATE_TURNOVER_NEAR"),
                .turnoverReached: value("RUZHU_SMS_TEMPLATE_TURNOVER_REACHED"),
            ])
    }

    /// One setting, as the manual describes it.
    package struct Key: Sendable {
        package let name: String
        package let standard: String
        package let meaning: String
    }

    package static let keys = [
        Key(name: "RUZHU_HOST", standard: "127.0.0.1", meaning: "监听的地址；对外服务时由反向代理转发"),
        Key(name: "RUZHU_PORT", standard: "8080", meaning: "监听的端口"),
        Key(
            name: "RUZHU_PUBLIC_URL", standard: "http://127.0.0.1:8080", meaning: "用户访问的网址；以 https 开头时 Cookie 只走 HTTPS"),
        Key(name: "RUZHU_DATA", standard: "data", meaning: "数据目录：数据库、密封的照片、主密钥"),
        Key(
            name: "RUZHU_DATABASE", standard: "",
            meaning: "PostgreSQL 的地址，postgres://… 或 host=… dbname=… 的形式；不填为数据目录里的 SQLite"),
        Key(name: "RUZHU_DATABASE_CONNECTIONS", standard: "16", meaning: "每个进程的 PostgreSQL 连接数，1–64；另有一个用来听通知"),
        Key(name: "RUZHU_MASTER_KEY_FILE", standard: "", meaning: "主密钥文件，32 字节，只有本用户可读；不填为数据目录里的 master.key"),
        Key(name: "RUZHU_BLOBS", standard: "", meaning: "密封的照片存在哪里：不填为数据目录里的 blobs；s3://桶/前缀 为对象存储"),
        Key(name: "RUZHU_S3_ENDPOINT", standard: "", meaning: "对象存储（S3 接口）的网址，用路径方式访问桶；只在 RUZHU_BLOBS 为 s3:// 时使用"),
        Key(name: "RUZHU_S3_REGION", standard: "us-east-1", meaning: "对象存储的地域，签名要用"),
        Key(name: "RUZHU_S3_ACCESS_KEY", standard: "", meaning: "对象存储的 Access Key"),
        Key(name: "RUZHU_S3_SECRET_KEY", standard: "", meaning: "对象存储的 Secret Key"),
        Key(name: "RUZHU_PACKS", standard: "packs", meaning: "规则包目录；还没有规则时，启动会发布其中的 mall"),
        Key(name: "RUZHU_ASSETS", standard: ".local/build/assets", meaning: "样式、脚本和图标，由 make assets 生成"),
        Key(name: "RUZHU_RECOGNITION_HOME", standard: ".local/recognition", meaning: "识别引擎和模型的目录；没有时照片照收，信息手工填写"),
        Key(name: "RUZHU_PAPERS", standard: ".local/papers", meaning: "演示用的样例证照目录，只在演示里使用"),
        Key(name: "RUZHU_TRUST_PROXY", standard: "no", meaning: "yes 表示相信 X-Forwarded-For 的最后一个地址；只在反向代理之后开启"),
        Key(name: "RUZHU_ROLES", standard: "all", meaning: "这个进程的角色，用逗号分开；ruzhu serve --roles 优先"),
        Key(name: "RUZHU_DRAIN_SECONDS", standard: "5", meaning: "收到停止信号后，先报告未就绪、继续服务这么多秒，再停止接受新连接"),
        Key(name: "RUZHU_STOP_SECONDS", standard: "20", meaning: "之后最多再等这么多秒，让正在处理的请求做完"),
        Key(name: "RUZHU_METRICS_FROM", standard: "", meaning: "除本机外可以直接读取 /metrics 的网段，例如 10.244.0.0/16"),
        Key(name: "RUZHU_LOG_LEVEL", standard: "info", meaning: "日志级别：debug、info、notice、warning、error"),
        Key(
            name: "RUZHU_WORKING_HOURS", standard: "09:00-12:00,13:30-18:00",
            meaning: "审核员的工作时间（北京时间），几段用逗号分开；预计时间按它和法定节假日、调休计算"),
        Key(
            name: "RUZHU_SUPPORT", standard: "", meaning: "店主遇到问题怎么找商城，原样显示在“开张第一天”页上，例如 电话 400-000-0000，每天 9–21 点"),
        Key(
            name: "RUZHU_WEBHOOK_HOSTS", standard: "",
            meaning: "店铺消息可以发到的内网主机，写作 主机 或 主机:端口，用逗号分开；不写就只发公网的 https 地址"),
        Key(
            name: "RUZHU_SMS_ENDPOINT", standard: "https://sms.tencentcloudapi.com",
            meaning: "短信接口地址（腾讯云 SendSms，版本 2021-01-11）"),
        Key(name: "RUZHU_SMS_REGION", standard: "ap-guangzhou", meaning: "短信接口的地域"),
        Key(name: "RUZHU_SMS_SECRET_ID", standard: "", meaning: "短信接口的 SecretId"),
        Key(name: "RUZHU_SMS_SECRET_KEY", standard: "", meaning: "短信接口的 SecretKey"),
        Key(name: "RUZHU_SMS_APP_ID", standard: "", meaning: "短信应用 SdkAppId"),
        Key(name: "RUZHU_SMS_SIGN", standard: "", meaning: "短信签名"),
        Key(name: "RUZHU_SMS_TEMPLATE_CODE", standard: "", meaning: "验证码短信的模板编号；参数：验证码、有效分钟数"),
        Key(name: "RUZHU_SMS_TEMPLATE_CHANGES", standard: "", meaning: "“需要修改”短信的模板编号"),
        Key(name: "RUZHU_SMS_TEMPLATE_REJECTED", standard: "", meaning: "“未通过”短信的模板编号"),
        Key(name: "RUZHU_SMS_TEMPLATE_OPENED", standard: "", meaning: "“已开店”短信的模板编号"),
        Key(name: "RUZHU_SMS_TEMPLATE_TURNOVER_NEAR", standard: "", meaning: "“年销售额快满”短信的模板编号；参数：年份、链接"),
        Key(name: "RUZHU_SMS_TEMPLATE_TURNOVER_REACHED", standard: "", meaning: "“年销售额已满”短信的模板编号；参数：年份、链接"),
    ]
}
