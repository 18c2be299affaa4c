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

    private static func version(_ text: String) -> PackSource {
        SmallPack.edited(("pack.yaml", "version: \"1\"", "version: \"\(text)\""))
    }

    private func day(_ count: Int) -> Instant { start + .seconds(Int64(count) * 86_400) }

    /// A mall whose first rules hold from the start.
    private func mall() async throws -> (TestDatabase, Catalogue) {
        let test = try await TestDatabase(WorkMigrations.all + Catalogue.migrations)
        let catalogue = Catalogue(database: test.database)
        try await catalogue.publish(Self.version("1"), effectiveAt: start, at: start)
        return (test, catalogue)
    }

    @Test("The first rules hold at once, without notice")
    func first() async throws {
        let (_, catalogue) = try await mall()
        #expect(try catalogue.current(at: start).content.version == "1")
        #expect(throws: Catalogue.NoPack.self) { try catalogue.current(at: start - .seconds(1)) }
    }

    @Test("Later rules are announced seven days before they hold", arguments: [(-1, false), (0, true), (1, true)])
    func notice(second: Int64, isAllowed: Bool) async throws {
        let (_, catalogue) = try await mall()
        let effective = day(7) + .seconds(second)
        if isAllowed {
            try await catalogue.publish(Self.version("2"), effectiveAt: effective, at: start)
            #expect(try catalogue.current(at: effective - .milliseconds(1)).content.version == "1")
            #expect(try catalogue.current(at: effective).content.version == "2")
        } else {
            await #expect(throws: Publication.Refusal.tooSoon) {
                try await catalogue.publish(Self.version("2"), effectiveAt: effective, at: start)
            }
        }
    }

    @Test("Nobody approves his own proposal; a second person does")
    func secondPerson() async throws {
        let (_, catalogue) = try await mall()
        let proposal = try await catalogue.propose(Self.version("2"), effectiveAt: day(8), by: "min", at: start)
        #expect(try catalogue.current(at: day(9)).content.version == "1", "a proposal alone changes nothing")
        await #expect(throws: Publication.Refusal.samePerson) {
            try await catalogue.approve(proposal.id, by: "min", at: start)
        }
        try await catalogue.approve(proposal.id, by: "tao", at: day(1))
        #expect(try catalogue.current(at: day(8)).content.version == "2")
        let kept = try #require(catalogue.publications.last)
        #expect(kept.proposedBy == "min" && kept.approval == Publication.Act(by: "tao", at: day(1)))
        await #expect(throws: Publication.Refusal.notProposed) {
            try await catalogue.approve(proposal.id, by: "lin", at: day(1))
        }
    }

    @Test("An approval that comes too late for the notice is refused")
    func late() async throws {
        let (_, catalogue) = try await mall()
        let proposal = try await catalogue.propose(Self.version("2"), effectiveAt: day(8), by: "min", at: start)
        await #expect(throws: Publication.Refusal.tooSoon) {
            try await catalogue.approve(proposal.id, by: "tao", at: day(2))
        }
        await #expect(throws: Publication.Refusal.tooSoon) {
            try await catalogue.propose(Self.version("3"), effectiveAt: day(6), by: "min", at: start)
        }
    }

    @Test("What was announced is taken back before it holds, not after; who did it is kept")
    func withdrawal() async throws {
        let (_, catalogue) = try await mall()
        let proposal = try await catalogue.propose(Self.version("2"), effectiveAt: day(8), by: "min", at: start)
        try await catalogue.approve(proposal.id, by: "tao", at: start)
        try await catalogue.withdraw(proposal.id, by: "min", at: day(7))
        #expect(try catalogue.current(at: day(9)).content.version == "1")
        let kept = try #require(catalogue.publications.last)
        #expect(kept.approval?.by == "tao" && kept.withdrawal == Publication.Act(by: "min", at: day(7)))
        let first = try #require(catalogue.publications.first)
        await #expect(throws: Publication.Refusal.alreadyInForce) {
            try await catalogue.withdraw(first.id, by: "min", at: day(1))
        }
    }

    @Test("Publishing an older pack again brings it into force again, under its old hash")
    func again() async throws {
        let (_, catalogue) = try await mall()
        let old = try catalogue.current(at: start).hash
        try await catalogue.publish(Self.version("2"), effectiveAt: day(8), at: start)
        try await catalogue.publish(Self.version("1"), effectiveAt: day(20), at: day(9))
        #expect(try catalogue.current(at: day(19)).content.version == "2")
        #expect(try catalogue.current(at: day(20)).hash == old)
        #expect(catalogue.publications.count == 3)
    }

    @Test("What would hold anyway is not published again")
    func nothingNew() async throws {
        let (_, catalogue) = try await mall()
        await #expect(throws: Publication.Refusal.nothingNew) {
            try await catalogue.publish(Self.version("1"), effectiveAt: day(8), at: start)
        }
    }

    @Test("A form that is sent twice makes one proposal")
    func twice() async throws {
        let (_, catalogue) = try await mall()
        let key = IdempotencyKey(principal: "min", act: "propose-pack", token: "t")
        let first = try await catalogue.propose(
            Self.version("2"), effectiveAt: day(8), by: "min", at: start, key: key)
        let second = try await catalogue.propose(
            Self.version("2"), effectiveAt: day(8), by: "min", at: start, key: key)
        #expect(first.id == second.id && catalogue.publications.count == 2)
        let approval = IdempotencyKey(principal: "tao", act: "approve", token: "t")
        try await catalogue.approve(first.id, by: "tao", at: start, key: approval)
        try await catalogue.approve(first.id, by: "tao", at: start, key: approval)
    }

    @Test("The next process finds everything under its hash, the old rules too")
    func secondProcess() async throws {
        let (test, catalogue) = try await mall()
        let old = try catalogue.current(at: start)
        let next = Self.version("2")
        try await catalogue.publish(next, effectiveAt: day(8), at: start)
        let second = Catalogue(database: test.database)
        #expect(throws: Catalogue.NoPack.self) { try second.current(at: start) }
        #expect(try await second.load().isEmpty)
        #expect(try second.pack(old.hash).content == old.content)
        #expect(try second.pack(next.hash).content.version == "2")
        #expect(second.publications == catalogue.publications)
        #expect(try second.current(at: day(8)).hash == next.hash)
    }

    @Test("A process that already runs hears of what another published when it looks again")
    func meanwhile() async throws {
        let (test, catalogue) = try await mall()
        let other = Catalogue(database: test.database)
        try await other.publish(Self.version("2"), effectiveAt: day(8), at: start)
        #expect(try catalogue.current(at: day(8)).content.version == "1")
        try await catalogue.load()
        #expect(try catalogue.current(at: day(8)).content.version == "2")
    }

    @Test("A pack with faults is not published")
    func faulty() async throws {
        let (_, catalogue) = try await mall()
        let source = SmallPack.edited(("form.yaml", "format: uscc", "format: usccc"))
        await #expect(throws: PackFaults.self) {
            try await catalogue.publish(source, effectiveAt: day(8), at: start)
        }
        #expect(catalogue.publications.count == 1)
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
