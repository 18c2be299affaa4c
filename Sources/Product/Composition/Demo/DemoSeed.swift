import Accounts
import Applications
import CanonicalJSON
import ChineseIdentifiers
import Documents
import Foundation
import Kernel
import Web

/// The demo's made-up people and companies. Everything goes through the same acts that the pages use.
struct DemoSeed {
    let product: Product

    static let reviewer = "13900008801"
    static let operatorPhone = "13900008802"
    /// New rules want a second person.
    static let secondOperatorPhone = "13900008803"

    private static func marker(_ settings: Settings) -> URL { settings.dataFolder.appending(path: "demo-data") }

    /// Whether a folder is empty or holds a demo; real data is never touched.
    static func mayUse(_ settings: Settings) async throws -> Bool {
        if isDemo(settings) { return true }
        return try await !settings.hasRows()
    }

    /// Whether a folder holds a demo.
    static func isDemo(_ settings: Settings) -> Bool {
        FileManager.default.fileExists(atPath: marker(settings).path)
    }

    /// Marks a folder as a demo's, before anything is in it.
    static func claim(_ settings: Settings) throws {
        try FileManager.default.createDirectory(at: settings.dataFolder, withIntermediateDirectories: true)
        try Data().write(to: marker(settings))
    }

    /// Fills an empty database once.
    func run() async throws {
        let marker = product.settings.dataFolder.appending(path: "seeded")
        guard !FileManager.default.fileExists(atPath: marker.path) else { return }
        try await product.accounts.grant(.reviewer, toPhone: try MobileNumber(Self.reviewer))
        for phone in [Self.operatorPhone, Self.secondOperatorPhone] {
            try await product.accounts.grant(.operator, toPhone: try MobileNumber(phone))
        }
        for (number, company) in try companies().prefix(3).enumerated() {
            let person = try await product.accounts.register(try MobileNumber("1370000880\(number + 1)"))
            let picture = try await product.documents.take(company.picture[...], kind: .licence, from: person)
            let id = try await product.applications.enter(
                company.values(shop: Self.shops[number]), pictures: ["/licence/picture": picture], for: person)
            // The last one stays a draft, as most are at any time.
            if number < 2 { try await product.applications.handIn(id, of: person) }
        }
        try Data().write(to: marker)
    }

    private static let shops = ["晨光生活馆", "小满衣橱", "拾味铺子"]

    private struct Company {
        let facts: JSONValue
        let picture: [UInt8]

        func values(shop: String) -> [String: JSONValue] {
            func fact(_ name: String) -> JSONValue { facts[name] ?? "" }
            return [
                "/licence/creditCode": fact("统一社会信用代码"), "/licence/name": fact("名称"),
                "/licence/type": fact("类型"), "/licence/legalRepresentative": fact("法定代表人"),
                "/licence/capital": fact("注册资本"), "/licence/establishedOn": fact("成立日期"),
                "/licence/address": fact("住所"), "/licence/scope": fact("经营范围"), "/shop/name": .string(shop),
                "/shop/type": "ordinary", "/shop/categories": ["clothing"],
                "/legalRepresentative/idNumber": .string(ResidentID.example.plain),
                "/contact/name": fact("法定代表人"), "/contact/phone": .string(MobileNumber.example.plain),
                "/settlement/bank": "招商银行杭州西湖支行",
                "/settlement/accountNumber": .string(CorporateAccountNumber.example.plain),
            ]
        }
    }

    private func companies() throws -> [Company] {
        let folder = product.settings.papersFolder
        guard let bytes = FileManager.default.contents(atPath: folder.appending(path: "truth.json").path),
            let truth = try JSONValue(parsing: Array(bytes)).object
        else { return [] }
        return truth.filter { $0.key.hasPrefix("licence") }.compactMap { paper in
            guard let picture = FileManager.default.contents(atPath: folder.appending(path: paper.key).path) else {
                return nil
            }
            return Company(facts: paper.value, picture: Array(picture))
        }
    }
}
