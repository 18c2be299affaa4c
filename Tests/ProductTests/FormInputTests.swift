import CanonicalJSON
import Catalogue
import Composition
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing

@Suite("What is typed into the form")
struct FormInputTests {
    @Test("A save on its own keeps half a date and whatever else is typed, and hands nothing in")
    func autosave() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "enterprise")
            let page = try await owner.post(
                path + "/steps/confirm",
                [
                    ("licence.name", "禾穗知"), ("licence.establishedOn.year", "2015"),
                    ("licence.establishedOn.month", "8"), ("licence.establishedOn.day", ""), ("go", "auto"),
                ])
            #expect(page.status == .ok)
            let again = try await owner.get(path + "/steps/confirm").text
            #expect(again.contains("value=\"2015\"") && again.contains("禾穗知"))
            #expect(try await owner.get(path + "/review").text.contains("还差"))
        }
    }

    @Test("A promise that is unticked is taken back")
    func consent() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "person")
            func save(_ ticks: [String]) async throws -> [String] {
                try await owner.post(
                    path + "/steps/licence",
                    [("person.exemption", "small-trade"), ("go", "auto")] + ticks.map { ("person.promise", $0) })
                let list = try await owner.requirements(path)
                return (list["currently_due"]?.array ?? []).compactMap(\.string)
            }
            #expect(try await save([""]).contains("/person/promise"))
            #expect(try await !save(["", "yes"]).contains("/person/promise"))
            #expect(try await save([""]).contains("/person/promise"))
        }
    }

    @Test("What the form does not ask is not kept, however it is sent")
    func smuggled() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "person")
            try await owner.post(
                path + "/steps/people",
                [
                    ("contact.phone", "13588889999"), ("licence.name", "偷渡公司"), ("brands.r0001.name", "偷渡牌"),
                    ("brands.../x.name", "偷渡牌"), ("subject.type", "enterprise"), ("go", "later"),
                ])
            try await owner.post(path + "/subject", [("subject", "enterprise")])
            let steps = ["licence", "confirm", "shop", "people"]
            for step in steps {
                #expect(try await !owner.get("\(path)/steps/\(step)").text.contains("偷渡"))
            }
        }
    }

    @Test("Who changes his mind about the subject finds what he typed when he comes back")
    func subjects() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "enterprise")
            try await owner.post(path + "/steps/confirm", [("licence.name", "禾穗知食品有限公司"), ("go", "later")])
            try await owner.post(path + "/subject", [("subject", "person")])
            #expect(try await !owner.get(path + "/steps/confirm").text.contains("禾穗知食品有限公司"))
            #expect(try await owner.post(path + "/subject", [("subject", "emperor")]).status == .unprocessableContent)
            try await owner.post(path + "/subject", [("subject", "enterprise")])
            #expect(try await owner.get(path + "/steps/confirm").text.contains("禾穗知食品有限公司"))
        }
    }

    @Test("Rows come and go with their values, and the list has an end")
    func rows() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "enterprise")
            let shop = path + "/steps/shop"
            try await owner.post(shop, [("shop.type", "flagship"), ("go", "auto")])
            try await owner.post(shop, [("brands.r0001.name", "青禾"), ("go", "add:/brands")])
            try await owner.post(shop, [("brands.r0002.name", "白露"), ("go", "remove:/brands/r0001")])
            let left = try await owner.get(shop).text
            #expect(left.contains("白露") && !left.contains("青禾"))
            for _ in 0..<25 { try await owner.post(shop, [("go", "add:/brands")]) }
            let list = try await owner.requirements(path)
            let due = (list["currently_due"]?.array ?? []).compactMap(\.string)
            #expect(due.count { $0.hasPrefix("/brands/") && $0.hasSuffix("/certificate") } == 20)
            for wish in ["add:/shop", "remove:/brands/../x", "remove:/", "add:", "remove:/brands/r0001/name"] {
                #expect(try await owner.post(shop, [("go", wish)]).status.code < 500)
            }
        }
    }

    @Test("A natural person who need not be registered for one thing may not sell another under it")
    func exemption() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "person")
            try await owner.post(path + "/steps/licence", [("person.exemption", "services"), ("go", "auto")])
            try await owner.post(
                path + "/steps/shop", [("shop.categories", ""), ("shop.categories", "fresh-eggs"), ("go", "auto")])
            let list = try await owner.requirements(path)
            let codes = (list["errors"]?.array ?? []).compactMap { $0["code"]?.string }
            #expect(codes == ["category.exemption"])
        }
    }

    @Test("Announced rules tell what they will want; who begun under the old ones may follow them, and then it is due")
    func newRules() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, path) = try await house.begun(client, as: "enterprise")
            let now = house.clock.now
            var files = try PackSource(folder: house.product.settings.mallPack).files
            files["form.yaml"] = files["form.yaml"]?.replacing(
                "          - { path: /shop/name,",
                with: "          - { path: /shop/motto, label: 口号, kind: text }\n          - { path: /shop/name,")
            let publication = try await house.product.catalogue.publish(
                PackSource(files: files), effectiveAt: now + .seconds(8 * 86_400), at: now)
            func told() async throws -> (future: [String], due: [String]) {
                let list = try await owner.requirements(path)
                let rules = (list["future"]?.array ?? []).flatMap { $0["currently_due"]?.array ?? [] }
                return (rules.compactMap(\.string), (list["currently_due"]?.array ?? []).compactMap(\.string))
            }
            #expect(try await told().future == ["/shop/motto"])
            try await owner.post(path + "/rules")
            #expect(try await !told().due.contains("/shop/motto"), "they do not hold yet")
            house.clock.advance(by: .seconds(9 * 86_400))
            try await owner.get(path + "/requirements")
            try await owner.post(path + "/rules")
            let after = try await told()
            #expect(after.due.contains("/shop/motto") && after.future.isEmpty)
            #expect(try await owner.json("/api\(path)").1.contains(publication.pack))
        }
    }
}

extension House {
    /// Somebody who is signed in and has begun an application of a kind. Returns its address.
    fileprivate func begun(
        _ client: any TestClientProtocol, as subject: String
    ) async throws -> (owner: Visitor, path: String) {
        let owner = Visitor(client)
        try await signIn(owner, "13655557777")
        try await owner.get("/applications/new")
        let first = try await owner.post("/applications", [("_key", "k"), ("subject", subject)])
        return (owner, "/applications/\(try #require(first.id(after: "/applications/")))")
    }
}

extension Visitor {
    fileprivate func requirements(_ path: String) async throws -> JSONValue {
        try JSONValue(parsing: try await json("/api\(path)/requirements").1)
    }
}
