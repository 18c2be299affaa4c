import Accounts
import Applications
import CanonicalJSON
import Database
import Foundation
import Kernel
import Testing

@testable import Review
@testable import Sealing

@Suite("A frozen decision")
struct FrozenDecisionTests {
    /// Decides a case and returns its record and the applicant's key.
    private func decided(_ draft: DecisionDraft, on bench: ReviewBench) async throws -> (DecisionRecord, OwnerKey) {
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.decide(id, draft)
        return try await bench.database.read { [vault = bench.vault] tx in
            let record = try #require(try DecisionStore().decisions(on: .numbered(10), in: tx).first)
            return (record, try vault.existingKey(for: ID<Person>.applicant.keyOwner, in: tx))
        }
    }

    @Test("It keeps the verdict, the words, the rules and what the reviewer saw")
    func content() async throws {
        let (record, key) = try await decided(.rejection, on: ReviewBench())
        let json = try record.fact.opened(under: key, place: DecisionRecord.place, row: record.caseID.text).reveal()
        #expect(json["verdict"] == "rejected")
        #expect(json["reason"] == "category.not_covered")
        #expect(json["note"] == "经营范围里没有食品销售")
        #expect(json["pack"] == "pack-1")
        #expect(json["submission"] == "digest-1")
        #expect(json["reviewer"]?.string == ID<Person>.minZhou.text)
        #expect(json["decidedAt"] == "2026-03-01T08:00:00Z")
        #expect(record.reason == .categoryNotCovered)
    }

    @Test("Every commitment can be verified from the content and its salts")
    func commitments() async throws {
        let (record, key) = try await decided(.changes, on: ReviewBench())
        let json = try record.fact.opened(under: key, place: DecisionRecord.place, row: record.caseID.text).reveal()
        let salts = try record.fact.openedSalts(
            under: key, place: DecisionRecord.place, row: record.caseID.text
        ).reveal()
        let listed = try #require(try JSONValue(parsing: record.commitments).object)
        let leaves = FrozenFact.leaves(of: json)
        #expect(listed.count == leaves.count)
        for (pointer, leaf) in leaves {
            let salt = try #require(salts[pointer]?.string)
            let commitment = FrozenFact.commitment(to: leaf, at: pointer, salt: bytes(salt))
            #expect(listed[pointer]?.string == commitment)
        }
        #expect(listed["/comments/~1licence~1address"] != nil)
    }

    @Test("No note stands in the database's files")
    func notInPlain() async throws {
        let bench = try await ReviewBench()
        let comment = "独一无二的意见文字"
        let id = try #require(try await bench.submit())
        try await bench.claim(id)
        try await bench.decide(
            id, DecisionDraft(decision: "changes", reason: nil, note: nil, comments: ["/licence/name": comment]))
        let other = try #require(try await bench.submit(application: .numbered(11)))
        try await bench.claim(other)
        try await bench.decide(other, DecisionDraft(decision: "reject", reason: "other", note: comment, comments: [:]))
        let files = try bench.everythingKept()
        #expect(!files.isEmpty)
        for (_, bytes) in files {
            #expect(bytes.range(of: Data(comment.utf8)) == nil)
            #expect(bytes.range(of: Data("330106199001019979".utf8)) == nil)
        }
    }

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap { $0.hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
