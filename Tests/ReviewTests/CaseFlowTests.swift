import Accounts
import CanonicalJSON
import Catalogue
import Database
import Foundation
import Kernel
import Sealing
import Testing
import Work

@testable import Applications
@testable import Review

@Suite("A case from its opening to its end")
struct CaseFlowTests {
    @Test("A requested review opens a case, once, however often it is asked for")
    func opens() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        let opened = try await bench.find(id)
        #expect(opened.company == "上海市天翼星辰食品有限公司")
        #expect(opened.categories == ["食品"])
        #expect(opened.state == .waiting)
        #expect(try await bench.submit() == id)
        #expect(try await bench.reports().isEmpty)
    }

    @Test("A pack that asks for an expert holds the application and says by which rule")
    func expert() async throws {
        let bench = try await ReviewBench()
        #expect(try await bench.submit(categories: ["jade"]) == nil)
        #expect(try await bench.reports().map(\.outcome) == [.held(rule: "规则包 2026-01：人工审核加专家，须经专家视频鉴定")])
    }

    @Test("An approval is reported as passed")
    func approval() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.decide(id, .approval)
        let report = try #require(try await bench.reports().first)
        #expect(report.outcome == .passed)
        #expect(report.stage == .review && report.round == 1)
    }

    @Test("Requested changes reach the applicant sealed under the applicant's key")
    func changes() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.decide(id, .changes)
        let outcome = try #require(try await bench.reports().first?.outcome)
        guard case .changesRequested(let comments) = outcome else { throw Problem.notFound }
        let key = try await bench.database.read { [vault = bench.vault] tx in
            try vault.existingKey(for: ID<Person>.applicant.keyOwner, in: tx)
        }
        #expect(comments.map(\.path) == ["/licence/address"])
        let notes = try comments.map { try key.openText($0.note, place: "review.note").reveal() }
        #expect(notes == ["门牌号看不清，请重拍"])
    }

    @Test("A rejection carries its reason code and a sealed note")
    func rejection() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.decide(id, .rejection)
        let outcome = try #require(try await bench.reports().first?.outcome)
        guard case .rejected(let refusal) = outcome else { throw Problem.notFound }
        #expect(refusal.code == "category.not_covered")
        #expect(refusal.note != nil)
    }

    @Test("A refused draft changes nothing and reports nothing")
    func refusedDraft() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        await #expect(throws: DecisionDraft.Faults.self) {
            try await bench.decide(id, DecisionDraft(decision: "reject", reason: nil, note: nil, comments: [:]))
        }
        #expect(try await bench.find(id).isHeld(by: .minZhou))
        #expect(try await bench.reports().isEmpty)
    }

    @Test("A withdrawal closes an open case, and a decision after it is refused")
    func withdrawn() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        bench.clock.advance(by: .seconds(60))
        try await bench.withdraw()
        #expect(try await bench.find(id).state == .closed(at: bench.clock.now))
        await #expect(throws: CaseRefusal.withdrawn) { try await bench.decide(id, .approval) }
        #expect(try await bench.reports().isEmpty)
    }

    @Test("A withdrawal after the decision leaves the decision as it was")
    func withdrawnLater() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.decide(id, .changes)
        let before = try await bench.find(id)
        try await bench.withdraw()
        #expect(try await bench.find(id) == before)
    }

    @Test("A resubmission opens a new case that shows what changed and what was said before")
    func resubmission() async throws {
        let bench = try await ReviewBench()
        let first = try #require(try await bench.submit())
        try await bench.claim(first)
        try await bench.decide(first, .changes)
        bench.clock.advance(by: .seconds(600))
        let mended = try JSONValue.submissionExample.replacing(["licence", "address"], with: "上海市浦东新区张江路763号")
        let second = try #require(try await bench.submit(round: 2, mended))

        let dossier = try await bench.dossier(second)
        #expect(second != first && dossier.subject.round == 2)
        #expect(dossier.changes.reveal().earlier("/licence/address") == "上海市浦东新区张江路762号")
        #expect(dossier.earlierComments == ["/licence/address": "门牌号看不清，请重拍"])
        let log = CasePage.LogLine.all(of: dossier)
        #expect(log.contains { $0.title == "申请人重新提交" && $0.detail == "改了 1 处：住所" })
        #expect(log.contains { $0.title == "周敏 要求修改" && $0.detail == "住所：门牌号看不清，请重拍" })
    }

    @Test("Only who holds a case reads a covered value, and the reading is noted")
    func reveal() async throws {
        let bench = try await ReviewBench()
        let id = try #require(try await bench.submit())
        let (acts, now) = (bench.acts, bench.clock.now)
        let path = "/legalRepresentative/idNumber"
        await #expect(throws: CaseRefusal.notClaimed) {
            try await bench.database.write { tx in try acts.reveal(path, of: id, by: .minZhou, at: now, in: tx) }
        }
        try await bench.claim(id)
        try await bench.database.write { tx in try acts.reveal(path, of: id, by: .minZhou, at: now, in: tx) }
        for nothingCovered in ["/licence/name", "/nowhere", ""] {
            await #expect(throws: Problem.notFound) {
                try await bench.database.write { tx in
                    try acts.reveal(nothingCovered, of: id, by: .minZhou, at: now, in: tx)
                }
            }
        }
        let readings = try await bench.database.read { tx in
            try ReadingLog().readings(of: ID<Person>.applicant.keyOwner, in: tx)
        }
        let reading = try #require(readings.first)
        #expect(readings.count == 1)
        #expect(reading.reader == ID<Person>.minZhou.text && reading.what == path && reading.purpose == "review")
    }
}
