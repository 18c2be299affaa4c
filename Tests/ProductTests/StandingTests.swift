import CanonicalJSON
import ChineseIdentifiers
import Composition
import Database
import HTTPTypes
import HummingbirdTesting
import Kernel
import TestSupport
import Testing

@Suite("Where an application stands is told without opening it")
struct StandingTests {
    private static let patch = "application/merge-patch+json"
    static let seeds = (0..<4).map { _ in UInt64.random(in: 0...UInt64.max) }

    @Test("Whatever happens to it, what is written down agrees with a fresh look", arguments: seeds)
    func life(seed: UInt64) async throws {
        let house = try await House()
        try await house.open { client in
            var chance = SeededGenerator(seed: seed)
            let (owner, reviewer) = (Visitor(client), Visitor(client))
            try await house.signIn(owner, "13655557777")
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let begun = try await owner.call(.post, "/api/applications", ["subject": "enterprise"])
            let path = "/api/applications/\(try #require(begun.body["id"]?.string))"
            try await owner.upload(
                path.replacing("/api", with: "") + "/steps/licence", file: "file.licence.picture", Applicant.licence)
            for step in 0..<30 {
                let act = Act.allCases[Int.random(in: 0..<Act.allCases.count, using: &chance)]
                switch act {
                case .change:
                    _ = try await owner.call(.patch, path + "/draft", Self.answer(&chance), type: Self.patch)
                case .complete:
                    _ = try await owner.call(.patch, path + "/draft", ProgramTests.values, type: Self.patch)
                case .handIn: _ = try await owner.call(.post, path + "/submissions", ["truth": true])
                case .decide:
                    let queue = try await reviewer.call(.get, "/api/cases?tab=waiting").body
                    guard let one = queue["cases"]?[0]?["id"]?.string else { continue }
                    let comments: JSONValue = ["/shop/name": "换一个名字"]
                    let verdict: JSONValue = ["verdict": "request_changes", "comments": comments]
                    _ = try await reviewer.call(.post, "/api/cases/\(one)/decisions", verdict)
                case .settle: try await house.settle()
                case .wait:
                    house.clock.advance(by: .seconds(86_400 * [1, 20, 400][Int.random(in: 0..<3, using: &chance)]))
                }
                // After days, the session has ended.
                if try await owner.call(.get, path).status == .unauthorized {
                    try await house.signIn(owner, "13655557777")
                    try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
                }
                for address in [path, path + "/requirements"] {
                    let told = try await owner.call(.get, address)
                    try await house.hideStandings()
                    let fresh = try await owner.call(.get, address)
                    try await house.hideStandings()
                    #expect(told.status == .ok && told.body == fresh.body, "seed \(seed), step \(step), \(act)")
                }
            }
        }
    }

    @Test("A draft that was saved is told from what was written down, and holds no answer")
    func written() async throws {
        let house = try await House()
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, "13655557777")
            let id = try #require(try await owner.call(.post, "/api/applications", [:]).body["id"]?.string)
            let path = "/api/applications/\(id)"
            let saved = try await owner.call(.patch, path + "/draft", ProgramTests.values, type: Self.patch)
            #expect(saved.status == .ok)
            let rows = try await house.product.database.read { tx in
                try tx.rows("SELECT * FROM \(sqlite: "applications_standings", postgres: "applications.standings")")
            }
            #expect(rows.count == 1)
            let text = "\(rows)"
            for answer in Self.leaves(ProgramTests.values) where answer.count > 2 && answer != "clothing" {
                #expect(!text.contains(answer), "\(answer) stands unsealed beside the draft")
            }
            try await house.product.database.write { tx in
                try tx.run(
                    """
                    UPDATE \(sqlite: "applications_standings", postgres: "applications.standings")
                    SET due = '["/noted"]'
                    """)
            }
            #expect(try await owner.call(.get, path).body["currently_due"] == ["/noted"])
        }
    }

    private enum Act: CaseIterable { case change, complete, handIn, decide, settle, wait }

    /// One or two answers, right or wrong, now and then a day that runs out or has not come.
    private static func answer(_ chance: inout SeededGenerator) -> JSONValue {
        let choices: [JSONValue] = [
            ["shop": ["name": "青禾小铺"]], ["shop": ["name": .null]], ["shop": ["type": "flagship"]],
            ["shop": ["categories": ["clothing", "food-snacks"]]], ["shop": ["categories": ["nothing"]]],
            ["licence": ["establishedOn": "2027-03-01"]], ["licence": ["establishedOn": "2015-08-13"]],
            ["licence": ["creditCode": "91110000MA01A2B3C4"]], ["legalRepresentative": ["idNumber": "1"]],
            ["legalRepresentative": ["idValidTo": "2026-12-31"]], ["brands": ["r0001": ["name": "白露"]]],
            ["brands": ["r0001": ["validTo": "2027-01-01"]]],
        ]
        return choices[Int.random(in: 0..<choices.count, using: &chance)]
    }

    private static func leaves(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let items): items.flatMap(leaves)
        case .object(let members): members.flatMap { leaves($0.value) }
        case .null, .bool, .number: []
        }
    }
}

extension House {
    /// Makes what is written down about drafts unusable, and usable again.
    fileprivate func hideStandings() async throws {
        try await product.database.write { tx in
            try tx.run(
                "UPDATE \(sqlite: "applications_standings", postgres: "applications.standings") SET version = -version")
        }
    }
}
