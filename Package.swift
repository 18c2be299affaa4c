// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .unsafeFlags(["-Xfrontend", "-warn-long-expression-type-checking=300"]),
    // Generic code of one layer runs on types of another: without these, a release looks their metadata up at run time.
    .unsafeFlags(
        ["-Xfrontend", "-disable-generic-metadata-prespecialization"], .when(configuration: .release)),
]

/// Lets other layers make copies of a layer's generic code for their own types. Swift 6.3.1 can't do so with `Recognition`.
func serialized(_ name: String) -> [SwiftSetting] {
    name == "Recognition" ? [] : [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]
}

/// A target of the product's own layers; `path` is its folder under Sources.
func layer(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
    settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(path)/\(name)", resources: resources,
        swiftSettings: strict + serialized(name) + settings)
}

func context(_ name: String, _ dependencies: [Target.Dependency], hasPages: Bool = false) -> Target {
    layer(name, "Contexts", dependencies, resources: hasPages ? [.copy("Web/Templates")] : nil)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

extension Target.Dependency {
    static let hummingbird: Self = .product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdTesting: Self = .product(name: "HummingbirdTesting", package: "hummingbird")
    static let mustache: Self = .product(name: "Mustache", package: "swift-mustache")
    static let grdb: Self = .product(name: "GRDB", package: "GRDB.swift")
    static let sqlite: Self = .product(name: "GRDBSQLite", package: "GRDB.swift")
    static let crypto: Self = .product(name: "Crypto", package: "swift-crypto")
    static let logging: Self = .product(name: "Logging", package: "swift-log")
    static let nioCore: Self = .product(name: "NIOCore", package: "swift-nio")
    static let nioPosix: Self = .product(name: "NIOPosix", package: "swift-nio")
    static let nioHTTP1: Self = .product(name: "NIOHTTP1", package: "swift-nio")
    static let httpTypes: Self = .product(name: "HTTPTypes", package: "swift-http-types")
    static let arguments: Self = .product(name: "ArgumentParser", package: "swift-argument-parser")
    static let signals: Self = .product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let lifecycle: Self = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let httpClient: Self = .product(name: "AsyncHTTPClient", package: "async-http-client")
    static let yams: Self = .product(name: "Yams", package: "Yams")
}

/// What every context stands on.
let platform: [Target.Dependency] = ["Kernel", "Database", "Sealing", "Work", "CanonicalJSON"]
let web: [Target.Dependency] = ["Web", .hummingbird]

let package = Package(
    name: "ruzhu",
    products: [.executable(name: "ruzhu", targets: ["ruzhu"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C bindings.
        .systemLibrary(name: "CZlib", path: "Sources/C/CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CPostgres", path: "Sources/C/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CEpoll", path: "Sources/C/CEpoll"),
        .target(name: "COpenVINO", path: "Sources/C/COpenVINO"),
        .target(name: "CTurboJPEG", path: "Sources/C/CTurboJPEG", linkerSettings: [.linkedLibrary("turbojpeg")]),
        .target(name: "CPNG", path: "Sources/C/CPNG", linkerSettings: [.linkedLibrary("png16")]),
        .target(
            name: "CHEIF", path: "Sources/C/CHEIF",
            linkerSettings: [.linkedLibrary("heif"), .linkedLibrary("turbojpeg")]),
        .target(name: "CWorkerProcess", path: "Sources/C/CWorkerProcess"),
        .target(name: "CRE2", path: "Sources/C/CRE2", linkerSettings: [.linkedLibrary("re2")]),

        // Libraries: know nothing of the product.
        layer("ChineseIdentifiers", "Libraries"),
        layer(
            "ChineseReferenceData", "Libraries", ["ChineseIdentifiers"], resources: [.copy("Data")]),
        layer("CanonicalJSON", "Libraries"),
        layer("FormData", "Libraries"),
        // Compiled with optimisation in debug builds too: simulations walk over years.
        layer(
            "WorkingTime", "Libraries", resources: [.copy("Data")],
            settings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        // Compiled with optimisation in debug builds too: every autosave of every test validates.
        layer(
            "JSONSchema", "Libraries", ["CanonicalJSON", "CRE2"],
            settings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        // Pixel loops: compiled with optimisation in debug builds too, so that tests stay quick.
        layer(
            "Recognition", "Libraries", ["COpenVINO", "CTurboJPEG", "CPNG", "CWorkerProcess"],
            settings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),

        layer("PictureConversion", "Libraries", ["CHEIF", "CWorkerProcess"]),

        // Platform: how the product stores, seals, works and answers.
        layer("Kernel", "Platform"),
        layer("Database", "Platform", ["Kernel", "CPostgres", .grdb, .sqlite]),
        layer("Sealing", "Platform", ["Kernel", "Database", "CanonicalJSON", .crypto]),
        layer("Work", "Platform", ["Kernel", "Database", .logging, .lifecycle]),
        layer("Blobs", "Platform", ["Kernel", "Sealing", .crypto, .httpClient, .logging, .nioCore, .nioHTTP1]),
        layer(
            "Web", "Platform",
            [
                "Kernel", "Work", "CanonicalJSON", "FormData", "CZlib", .hummingbird, .mustache, .crypto, .nioCore,
                .nioPosix, .httpTypes, .logging,
            ],
            resources: [.copy("Templates")]),

        // Contexts: dependencies point up this list only.
        context("Accounts", platform + web + ["ChineseIdentifiers"], hasPages: true),
        context(
            "Catalogue", platform + web + ["ChineseIdentifiers", "ChineseReferenceData", "JSONSchema", .yams],
            hasPages: true),
        context("Documents", platform + web + ["Accounts", "Blobs", .crypto, .httpTypes, .nioCore]),
        context(
            "Applications",
            platform + web + [
                "Accounts", "Catalogue", "Documents", "ChineseIdentifiers", "ChineseReferenceData", "WorkingTime",
            ],
            hasPages: true),
        context("Screening", platform + ["Catalogue", "Applications", "Accounts", "ChineseIdentifiers"]),
        context("Review", platform + web + ["Accounts", "Catalogue", "Documents", "Applications"], hasPages: true),
        context("Agreements", platform + ["Catalogue", "Applications"]),
        context("Deposits", platform + ["Catalogue", "Applications"]),
        context(
            "Stores",
            platform + web + [
                "Accounts", "Catalogue", "Applications", "ChineseIdentifiers", .httpClient, .crypto, .logging, .nioCore,
                .nioPosix, .nioHTTP1, .httpTypes,
            ], hasPages: true),
        context(
            "Notifications",
            platform + [
                "Accounts", "Applications", "Stores", "ChineseIdentifiers", .httpClient, .hummingbird, .crypto,
                .logging,
                .nioCore,
                .nioHTTP1, .httpTypes,
            ]),

        // Product: sees everything.
        layer(
            "Composition", "Product",
            platform + web + [
                "Accounts", "Catalogue", "Documents", "Applications", "Screening", "Review", "Agreements", "Deposits",
                "Stores", "Notifications", "Blobs", "ChineseIdentifiers", "ChineseReferenceData", "WorkingTime",
                .logging,
                .lifecycle,
                .nioCore, .httpTypes, .httpClient, .signals, .crypto, "Recognition", "PictureConversion",
            ],
            resources: [.copy("Templates")]),
        .executableTarget(
            name: "ruzhu", dependencies: ["Composition", "JSONSchema", "CanonicalJSON", "Catalogue", .arguments],
            path: "Sources/Product/ruzhu",
            swiftSettings: strict),
        .executableTarget(
            name: "ruzhu-bench",
            dependencies: platform + [
                "Composition", "Accounts", "Catalogue", "Applications", "Review", "Web", "ChineseIdentifiers", "CEpoll",
                .arguments,
            ],
            path: "Sources/Bench",
            swiftSettings: strict),

        // Tests, by kind.
        .target(
            name: "TestSupport", dependencies: ["Kernel", "Database", "CPostgres", "CanonicalJSON"],
            path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "PackSupport", dependencies: ["Catalogue"], path: "Tests/PackSupport", swiftSettings: strict),
        tests("ArchitectureTests", []),
        tests("KernelTests", ["Kernel"]),
        tests("ChineseIdentifiersTests", ["ChineseIdentifiers"]),
        tests("CanonicalJSONTests", ["CanonicalJSON"]),
        tests("JSONSchemaTests", ["JSONSchema", "CanonicalJSON"]),
        tests("ChineseReferenceDataTests", ["ChineseReferenceData", "ChineseIdentifiers"]),
        tests("FormDataTests", ["FormData"]),
        tests("WorkingTimeTests", ["WorkingTime"]),
        tests("RecognitionTests", ["Recognition"]),
        tests("DatabaseTests", ["TestSupport", "Kernel", "Database"]),
        tests(
            "AccountsTests",
            platform + web + [
                "TestSupport", "Accounts", "ChineseIdentifiers", .hummingbirdTesting, .nioCore, .httpTypes,
            ]),
        tests(
            "NotificationsTests",
            platform + web + [
                "TestSupport", "Accounts", "Applications", "Stores", "Notifications", "ChineseIdentifiers",
                .httpClient,
                .hummingbirdTesting, .nioCore, .logging,
            ]),
        tests(
            "BenchTests",
            platform + [
                "ruzhu-bench", "TestSupport", "Composition", "Accounts", "Applications", "Catalogue",
                "ChineseIdentifiers",
            ]),
        tests("SealingTests", ["TestSupport", "Kernel", "Database", "Sealing", "CanonicalJSON", .crypto]),
        tests("BlobsTests", ["Kernel", "Sealing", "Blobs", .httpClient, .nioCore, .nioHTTP1, .logging]),
        tests("WorkTests", ["TestSupport", "Kernel", "Database", "Work", .logging]),
        tests(
            "CatalogueTests",
            platform + web + [
                "TestSupport", "PackSupport", "JSONSchema", "ChineseIdentifiers", "ChineseReferenceData", "Catalogue",
                .hummingbirdTesting, .nioCore, .httpTypes,
            ]),
        tests(
            "DocumentsTests",
            platform + web + [
                "TestSupport", "Blobs", "Accounts", "Documents", "PictureConversion", .logging, .crypto,
                .hummingbirdTesting,
                .httpTypes, .nioCore,
            ]),
        tests(
            "ProductTests",
            platform + web + [
                "TestSupport", "Composition", "Accounts", "Applications", "Catalogue", "Documents", "Notifications",
                "ChineseIdentifiers",
                .logging,
                .hummingbirdTesting, .httpTypes, .nioCore, .nioPosix,
            ]),
        tests(
            "ReviewTests",
            platform + web + [
                "TestSupport", "PackSupport", "Accounts", "Catalogue", "Documents", "Applications", "Review",
                .hummingbirdTesting,
                .nioCore, .httpTypes, .logging,
            ]),
        tests(
            "StagesTests",
            platform + [
                "TestSupport", "PackSupport", "Accounts", "Catalogue", "Applications", "Screening", "Agreements",
                "Deposits",
                "ChineseIdentifiers", .logging,
            ]),
        tests(
            "StoresTests",
            platform + web + [
                "TestSupport", "PackSupport", "Accounts", "Catalogue", "Applications", "Stores", .hummingbirdTesting,
                .nioCore, .logging, .crypto, .httpTypes,
            ]),
        tests(
            "ApplicationsTests",
            platform + web + [
                "TestSupport", "PackSupport", "Accounts", "ChineseIdentifiers", "ChineseReferenceData", "Documents",
                "Catalogue", "Applications", "WorkingTime",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
