import Foundation
import Kernel
import TestSupport
import Testing
import Work

@testable import Catalogue

/// How rules come to hold: announced in time, by two people, and kept for ever.
@Suite("Publishing")
struct PublishingTests {
    private let start = Instant.example

    private func day(_ count: Int) -> Instant { start + .seconds(Int64(count) * 86_400) }

    @Test("The first rules hold at once, without notice")
    func first() async throws {
        let mall = try await PublishingMall()
        #expect(try mall.current(at: start).content.version == "1")
        #expect(throws: Catalogue.NoPack.self) { try mall.current(at: start - .seconds(1)) }
    }

    @Test("Later rules are announced seven days before they hold", arguments: [(-1, false), (0, true), (1, true)])
    func notice(second: Int64, isAllowed: Bool) async throws {
        let mall = try await PublishingMall()
        let effective = day(7) + .seconds(second)
        if isAllowed {
            try await mall.publish(.version("2"), effectiveAt: effective, at: start)
            #expect(try mall.current(at: effective - .milliseconds(1)).content.version == "1")
            #expect(try mall.current(at: effective).content.version == "2")
        } else {
            await #expect(throws: Publication.Refusal.tooSoon) {
                try await mall.publish(.version("2"), effectiveAt: effective, at: start)
            }
        }
    }

    @Test("Nobody approves his own proposal; a second person does")
    func secondPerson() async throws {
        let mall = try await PublishingMall()
        let proposal = try await mall.propose(.version("2"), effectiveAt: day(8), by: "min", at: start)
        #expect(try mall.current(at: day(9)).content.version == "1", "a proposal alone changes nothing")
        await #expect(throws: Publication.Refusal.samePerson) {
            try await mall.approve(proposal.id, by: "min", at: start)
        }
        try await mall.approve(proposal.id, by: "tao", at: day(1))
        #expect(try mall.current(at: day(8)).content.version == "2")
        let kept = try #require(mall.publications.first { $0.id == proposal.id })
        #expect(kept.proposedBy == "min" && kept.approval == Publication.Act(by: "tao", at: day(1)))
        await #expect(throws: Publication.Refusal.notProposed) {
            try await mall.approve(proposal.id, by: "lin", at: day(1))
        }
    }

    @Test("An approval that comes too late for the notice is refused")
    func late() async throws {
        let mall = try await PublishingMall()
        let proposal = try await mall.propose(.version("2"), effectiveAt: day(8), by: "min", at: start)
        await #expect(throws: Publication.Refusal.tooSoon) {
            try await mall.approve(proposal.id, by: "tao", at: day(2))
        }
        await #expect(throws: Publication.Refusal.tooSoon) {
            try await mall.propose(.version("3"), effectiveAt: day(6), by: "min", at: start)
        }
    }

    @Test("What was announced is taken back before it holds, not after; who did it is kept")
    func withdrawal() async throws {
        let mall = try await PublishingMall()
        let proposal = try await mall.propose(.version("2"), effectiveAt: day(8), by: "min", at: start)
        try await mall.approve(proposal.id, by: "tao", at: start)
        try await mall.withdraw(proposal.id, by: "min", at: day(7))
        #expect(try mall.current(at: day(9)).content.version == "1")
        let kept = try #require(mall.publications.first { $0.id == proposal.id })
        #expect(kept.approval?.by == "tao" && kept.withdrawal == Publication.Act(by: "min", at: day(7)))
        let first = try #require(mall.publications.first { $0.id != proposal.id })
        await #expect(throws: Publication.Refusal.alreadyInForce) {
            try await mall.withdraw(first.id, by: "min", at: day(1))
        }
    }

    @Test("Publishing an older pack again brings it into force again, under its old hash")
    func again() async throws {
        let mall = try await PublishingMall()
        let old = try mall.current(at: start).hash
        try await mall.publish(.version("2"), effectiveAt: day(8), at: start)
        try await mall.publish(.version("1"), effectiveAt: day(20), at: day(9))
        #expect(try mall.current(at: day(19)).content.version == "2")
        #expect(try mall.current(at: day(20)).hash == old)
        #expect(mall.publications.count == 3)
    }

    @Test("What would hold anyway is not published again")
    func nothingNew() async throws {
        let mall = try await PublishingMall()
        await #expect(throws: Publication.Refusal.nothingNew) {
            try await mall.publish(.version("1"), effectiveAt: day(8), at: start)
        }
    }

    @Test("A form that is sent twice makes one proposal")
    func twice() async throws {
        let mall = try await PublishingMall()
        let key = IdempotencyKey(principal: "min", act: "propose-pack", token: "t")
        let first = try await mall.propose(
            .version("2"), effectiveAt: day(8), by: "min", at: start, key: key)
        let second = try await mall.propose(
            .version("2"), effectiveAt: day(8), by: "min", at: start, key: key)
        #expect(first.id == second.id && mall.publications.count == 2)
        let approval = IdempotencyKey(principal: "tao", act: "approve", token: "t")
        try await mall.approve(first.id, by: "tao", at: start, key: approval)
        try await mall.approve(first.id, by: "tao", at: start, key: approval)
    }

    @Test("The next process finds everything under its hash, the old rules too")
    func secondProcess() async throws {
        let mall = try await PublishingMall()
        let old = try mall.current(at: start)
        let next = PackSource.version("2")
        try await mall.publish(next, effectiveAt: day(8), at: start)
        let second = mall.neighbour()
        #expect(throws: Catalogue.NoPack.self) { try second.current(at: start) }
        #expect(try await second.load().isEmpty)
        #expect(try second.pack(old.hash).content == old.content)
        #expect(try second.pack(next.hash).content.version == "2")
        #expect(second.publications == mall.publications)
        #expect(try second.current(at: day(8)).hash == next.hash)
    }

    @Test("A process that already runs hears of what another published when it looks again")
    func meanwhile() async throws {
        let mall = try await PublishingMall()
        let other = mall.neighbour()
        try await other.publish(.version("2"), effectiveAt: day(8), at: start)
        #expect(try mall.current(at: day(8)).content.version == "1")
        try await mall.load()
        #expect(try mall.current(at: day(8)).content.version == "2")
    }

    @Test("A pack with faults is not published")
    func faulty() async throws {
        let mall = try await PublishingMall()
        let source = SmallPack.edited(("form.yaml", "format: uscc", "format: usccc"))
        await #expect(throws: PackFaults.self) {
            try await mall.publish(source, effectiveAt: day(8), at: start)
        }
        #expect(mall.publications.count == 1)
    }

    @Test(
        "The earliest day is the first midnight in Shanghai after seven whole days",
        arguments: [
            ("2026-02-28T16:00:00Z", "2026-03-08"), ("2026-02-28T16:00:01Z", "2026-03-09"),
            ("2026-03-01T15:59:59Z", "2026-03-09"), ("2026-12-30T08:00:00Z", "2027-01-07"),
        ])
    func earliest(now: String, day: String) throws {
        let date = try Date(now, strategy: .iso8601)
        let instant = Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1_000))
        #expect(Publication.earliestDay(at: instant).text == day)
    }
}

/// A mall whose first rules hold from the start.
private final class PublishingMall: Sendable {
    private let test: TestDatabase
    private let catalogue: Catalogue

    init() async throws {
        test = try await TestDatabase(WorkMigrations.all + Catalogue.migrations)
        catalogue = Catalogue(database: test.database)
        try await catalogue.publish(.version("1"), effectiveAt: .example, at: .example)
    }

    var publications: [Publication] { catalogue.publications }

    /// The same mall in another process.
    func neighbour() -> Catalogue { Catalogue(database: test.database) }

    func load() async throws { try await catalogue.load() }

    func current(at now: Instant) throws -> Pack { try catalogue.current(at: now) }

    func publish(_ source: PackSource, effectiveAt: Instant, at now: Instant) async throws {
        try await catalogue.publish(source, effectiveAt: effectiveAt, at: now)
    }

    func propose(
        _ source: PackSource, effectiveAt: Instant, by person: String, at now: Instant, key: IdempotencyKey? = nil
    ) async throws -> Publication {
        try await catalogue.propose(source, effectiveAt: effectiveAt, by: person, at: now, key: key)
    }

    func approve(
        _ id: ID<Publication>, by person: String, at now: Instant, key: IdempotencyKey? = nil
    ) async throws {
        try await catalogue.approve(id, by: person, at: now, key: key)
    }

    func withdraw(_ id: ID<Publication>, by person: String, at now: Instant) async throws {
        try await catalogue.withdraw(id, by: person, at: now)
    }
}

extension PackSource {
    fileprivate static func version(_ text: String) -> PackSource {
        SmallPack.edited(("pack.yaml", "version: \"1\"", "version: \"\(text)\""))
    }
}
