import CanonicalJSON
import ChineseIdentifiers
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing

@Suite("Applications by program")
struct ProgramTests {
    private static let patch = "application/merge-patch+json"

    /// All that a clothes shop of a company is asked, but for the picture.
    static let values: JSONValue = [
        "licence": [
            "creditCode": .string(CreditCode.example.plain), "name": "杭州禾穗知食品有限公司", "type": "有限责任公司",
            "legalRepresentative": "司徒青岚", "capital": "人民币壹佰万元整", "establishedOn": "2015-08-13",
            "address": "杭州市西湖区禾光路1号", "scope": "服装服饰零售；食品销售",
        ],
        "shop": ["name": "禾穗知小铺", "type": "ordinary", "categories": ["clothing"]],
        "legalRepresentative": ["idNumber": .string(ResidentID.example.plain)],
        "contact": ["name": "欧阳惜墨", "phone": "13588889999"],
        "settlement": ["bank": "招商银行杭州西湖支行", "accountNumber": "6228480402564890018"],
    ]

    @Test("A draft is begun, changed by merge patches, handed in once and decided, all in JSON")
    func walk() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, reviewer) = (Visitor(client), Visitor(client))
            try await house.signIn(owner, "13655557777")
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let begun = try await owner.call(.post, "/api/applications", ["subject": "enterprise"], key: "b1")
            #expect(begun.status == .created)
            let id = try #require(begun.body["id"]?.string)
            #expect(
                try await owner.call(.post, "/api/applications", ["subject": "enterprise"], key: "b1").body
                    == begun.body)
            let path = "/api/applications/\(id)"
            try await owner.upload(
                "/applications/\(id)/steps/licence", file: "file.licence.picture", Applicant.licence)
            try await house.settle()

            let early = try await owner.call(.post, path + "/submissions", ["truth": true], key: "s0")
            #expect(early.status == .unprocessableContent)
            #expect(early.body["errors"]?.array?.contains { $0["path"] == "/shop/name" } == true)
            let saved = try await owner.call(.patch, path + "/draft", ["shop": ["name": "小铺"]], type: Self.patch)
            #expect(saved.status == .ok)
            #expect(saved.body["currently_due"]?.array?.contains("/shop/name") == false)
            let draft = try await owner.call(.get, path + "/draft").body
            #expect(draft["values"]?[["shop", "name"]] == "小铺")
            #expect(draft["version"] == saved.body["version"])

            let handed = try await owner.call(
                .post, path + "/submissions", ["truth": true, "values": Self.values], key: "s1")
            #expect(handed.status == .created && handed.body["round"] == 1)
            let repeated = try await owner.call(
                .post, path + "/submissions", ["truth": true, "values": Self.values], key: "s1")
            #expect(repeated.status == .created && repeated.body == handed.body)
            let again = try await owner.call(.post, path + "/submissions", ["truth": true], key: "s2")
            #expect(again.status == .conflict && again.body["code"] == "application.already_submitted")
            try await house.settle()

            let queue = try await reviewer.call(.get, "/api/cases?tab=waiting").body
            let one = try #require(queue["cases"]?[0]?["id"]?.string)
            #expect(queue["cases"]?[0]?["application"]?.string == id && queue["next"] == .null)
            let decisions = "/api/cases/\(one)/decisions"
            let wordless = try await reviewer.call(.post, decisions, ["verdict": "request_changes"], key: "d0")
            #expect(wordless.status == .unprocessableContent)
            let decided = try await reviewer.call(.post, decisions, ["verdict": "approve"], key: "d1")
            #expect(decided.status == .created && decided.body["verdict"] == "approved")
            #expect(try await reviewer.call(.post, decisions, ["verdict": "approve"], key: "d1").body == decided.body)
            #expect(try await reviewer.call(.post, decisions, ["verdict": "approve"], key: "d2").status == .conflict)
            try await house.settle()
            #expect(try await owner.call(.get, path).body["state"] == "open")
        }
    }

    @Test("A patch with something that can't be kept names the field and changes nothing")
    func refused() async throws {
        let house = try await House()
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, "13655557777")
            let id = try #require(try await owner.call(.post, "/api/applications", [:]).body["id"]?.string)
            let path = "/api/applications/\(id)/draft"
            let faults: [(JSONValue, String, String)] = [
                (["shop": ["name": "铺", "nmae": "x"]], "/shop/nmae", "field.unknown"),
                (["shop": ["name": 3]], "/shop/name", "field.type"),
                (["shop": ["name": .string(String(repeating: "长", count: 5_000))]], "/shop/name", "field.length"),
                (["shop": ["categories": "clothing"]], "/shop/categories", "field.type"),
                (["licence": ["picture": "01kf8v1c8wz7m1d6h4t9q2r5xa"]], "/licence/picture", "field.picture"),
                (["subject": ["type": "emperor"]], "/subject/type", "field.unknown"),
                (["brands": ["r0001": ["name": "甲"]], "shop": ["name": "铺"]], "/brands/r0001/name", "field.unknown"),
                (["constructor": ["__proto__": "x"]], "/constructor/__proto__", "field.unknown"),
            ]
            for (patch, field, code) in faults {
                let answer = try await owner.call(.patch, path, patch, type: Self.patch)
                #expect(answer.status == .unprocessableContent, "\(field)")
                #expect(answer.body["errors"]?[0]?["path"]?.string == field)
                #expect(answer.body["errors"]?[0]?["code"]?.string == code)
            }
            #expect(try await owner.call(.patch, path, [1], type: Self.patch).status == .badRequest)
            #expect(try await owner.call(.patch, path, [:], type: "text/plain").status == .unsupportedMediaType)
            let draft = try await owner.call(.get, path).body
            #expect(draft["version"] == 1 && draft["values"] == ["subject": ["type": "enterprise"]])
        }
    }

    @Test("Rows are added, filled and taken out by their ids, and null clears a value")
    func rows() async throws {
        let house = try await House()
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, "13655557777")
            let id = try #require(try await owner.call(.post, "/api/applications", [:]).body["id"]?.string)
            let path = "/api/applications/\(id)/draft"
            func patch(_ value: JSONValue) async throws -> JSONValue? {
                let answer = try await owner.call(.patch, path, value, type: Self.patch)
                #expect(answer.status == .ok, "\(answer.body)")
                return try await owner.call(.get, path).body["values"]
            }
            let two = try await patch([
                "shop": ["type": "flagship", "name": "铺"],
                "brands": ["r0001": ["name": "青禾"], "r0002": ["name": "白露"]],
            ])
            #expect(two?["brands"]?.object?.keys == ["r0001", "r0002"])
            let one = try await patch(["brands": ["r0001": .null], "shop": ["name": .null]])
            #expect(one?["brands"] == ["r0002": ["name": "白露"]] && one?[["shop", "name"]] == nil)
        }
    }

    @Test("Somebody else's draft and the queue are closed to those whom they are not for")
    func strangers() async throws {
        let house = try await House()
        try await house.open { client in
            let (owner, other) = (Visitor(client), Visitor(client))
            try await house.signIn(owner, "13655557777")
            try await house.signIn(other, "13655557778")
            let id = try #require(try await owner.call(.post, "/api/applications", [:]).body["id"]?.string)
            let path = "/api/applications/\(id)"
            #expect(try await other.call(.get, path + "/draft").status == .notFound)
            #expect(try await other.call(.patch, path + "/draft", [:]).status == .notFound)
            #expect(try await other.call(.post, path + "/submissions", ["truth": true]).status == .notFound)
            #expect(try await other.call(.get, "/api/cases").status == .forbidden)
            #expect(try await Visitor(client).call(.get, path).status == .unauthorized)
        }
    }
}
