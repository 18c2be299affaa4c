import Catalogue
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing
import Web
import Work

@testable import Composition

@Suite("Roles")
struct RolesTests {
    @Test("Together, the parts have every address once, and nothing is served outside of them")
    func whole() async throws {
        let house = try await House()
        let table = RouteTable(house.product)
        let paths = table.entries.map(\.path)
        #expect(Set(paths).count == paths.count, "two parts answer one address")
        let served = Set(
            house.product.router().routes.map(\.path.description).map { $0.hasPrefix("/") ? $0 : "/" + $0 })
        let common: Set = ["/health/live", "/health/ready", "/metrics", "/assets/{file}"]
        #expect(served == Set(paths).union(common))
    }

    @Test(
        "A role takes what its table says",
        arguments: [
            ("all", Part.allCases.count, Part.allCases.count), ("web", Part.allCases.count, 0),
            ("worker", 0, Part.allCases.count), ("review", 1, 1), ("agreements, deposits", 2, 2),
            ("web,worker", Part.allCases.count, Part.allCases.count), ("web,review", Part.allCases.count, 1),
        ])
    func table(text: String, answering: Int, working: Int) throws {
        let roles = try Roles(text)
        #expect((roles.answering.count, roles.working.count) == (answering, working))
        #expect(roles.isPartial == (answering < Part.allCases.count || working < Part.allCases.count))
    }

    @Test("What is no role is refused by name", arguments: ["reviewer", "", "web,workers"])
    func unknown(text: String) {
        #expect(throws: Settings.Fault.self) { try Roles(text) }
    }

    @Test("A process refuses the addresses of other parts in words, and serves its own")
    func elsewhere() async throws {
        let house = try await House()
        var settings = house.product.settings
        settings.roles = try Roles("catalogue")
        let product = try Product(
            settings, assets: Assets.none, reader: house.reader, sender: house.messages, clock: house.clock,
            logger: house.product.logger)
        try await product.catalogue.load()
        let app = Application(router: product.router(), logger: house.product.logger)
        try await app.test(.router) { client in
            for (path, method) in [("/", HTTPRequest.Method.get), ("/staff/queue", .get), ("/sign-out", .post)] {
                try await client.execute(uri: path, method: method) { response in
                    #expect(response.status == .notFound)
                    #expect(String(buffer: response.body).contains("role.elsewhere"), "\(path)")
                }
            }
            for path in ["/rules", "/health/ready"] {
                try await client.execute(uri: path, method: .get) { #expect($0.status == .ok, "\(path)") }
            }
            try await client.execute(uri: "/no/such/place", method: .get) { response in
                #expect(String(buffer: response.body).contains("not_found"))
            }
        }
        try product.database.close()
    }

    @Test("A process that only answers leaves the work to others")
    func dividedWork() async throws {
        let house = try await House()
        var settings = house.product.settings
        settings.roles = try Roles("web")
        let web = try Product(
            settings, assets: Assets.none, reader: house.reader, sender: house.messages, clock: house.clock,
            logger: house.product.logger)
        let app = Application(router: web.router(), logger: house.product.logger)
        try await app.test(.router) { client in
            let visitor = Visitor(client)
            try await visitor.get("/sign-in")
            let page = try await visitor.post(
                "/sign-in", [("phone", "13655557777"), ("consent", "2026-01"), ("next", "")])
            #expect(page.path.contains("challenge="))
            #expect(try await web.jobs.pass() == 0)
            #expect(house.messages.lastCode(to: "13655557777") == nil)
            try await house.settle()
            #expect(house.messages.lastCode(to: "13655557777") != nil)
        }
        try web.database.close()
    }

    @Test("Regular expressions of the nginx configuration choose as the router does")
    func patterns() async throws {
        let house = try await House()
        let table = RouteTable(house.product)
        let upstreams = Dictionary(uniqueKeysWithValues: Part.allCases.map { ($0.rawValue, ["127.0.0.1:1"]) })
        let text = try NginxConfiguration(table, upstreams: upstreams).text
        let locations = text.matches(of: #/location ~ "([^"]+)" { proxy_pass http:\/\/ruzhu_([a-z]+); }/#).map {
            (pattern: String($0.1), role: String($0.2))
        }
        #expect(locations.count > 20)
        for entry in table.entries where entry.path != "/" && entry.part != .applications {
            let address = entry.path.replacing(#/\{[^}]+\}/#, with: "01jabcdefghjkmnpqrstvwxyz0")
            let first = try locations.first { try Regex($0.pattern).firstMatch(in: address) != nil }
            #expect(first?.role == entry.part.rawValue, "\(address)")
        }
    }

    @Test(
        "Metrics are for the network that is named",
        arguments: [
            ("10.244.0.0/16", "10.244.3.9", true), ("10.244.0.0/16", "::ffff:10.244.3.9", true),
            ("10.244.0.0/16", "10.245.0.1", false), ("10.0.0.5/32", "10.0.0.5", true),
            ("10.0.0.5/32", "10.0.0.6", false),
            ("10.244.0.0/16", "fe80::1", false), ("10.244.0.0/16", "10.244.3", false),
        ])
    func range(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test(
        "What is no range is refused",
        arguments: ["10.0.0.0", "10.0.0.0/0", "10.0.0.0/33", "10.0.0/8", "a.b.c.d/8", "/8"])
    func noRange(text: String) { #expect(AddressRange(text) == nil) }
}
