import Catalogue
import ChineseIdentifiers
import Foundation
import Testing

@testable import ruzhu_bench

@Suite("The answers of the reference load")
struct SampleTests {
    private static let pictures = SampleAnswers.Pictures(licence: "licence", other: "other")

    private static let today = CivilDate(year: 2026, month: 3, day: 1) ?? .example

    private static func answers(seed: UInt64) throws -> SampleAnswers {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "bench/pack/mall")
        return try SampleAnswers(pack: Pack(PackSource(folder: folder)), seed: seed, today: today)
    }

    @Test("Every complete form holds 137 answers and can be handed in")
    func complete() throws {
        let seed = UInt64.random(in: 1...999_999)
        let answers = try Self.answers(seed: seed)
        for number in 0..<40 {
            let values = try answers.complete(number, Self.pictures)
            #expect(answers.count(in: values) == 137, "seed \(seed), number \(number)")
            let check = answers.pack.check(values, on: Self.today)
            #expect(check.isComplete, "seed \(seed), number \(number): \(check.findings) \(check.due.map(\.path))")
        }
    }

    @Test("A half of a form has nothing wrong in it and can't be handed in")
    func half() throws {
        let seed = UInt64.random(in: 1...999_999)
        let answers = try Self.answers(seed: seed)
        for number in 0..<20 {
            let check = answers.pack.check(try answers.half(number, Self.pictures), on: Self.today)
            #expect(check.findings.isEmpty, "seed \(seed), number \(number): \(check.findings)")
            #expect(!check.due.isEmpty)
        }
    }

    @Test("The same seed and number give the same answers, another number gives others")
    func repeatable() throws {
        let (one, other) = (try Self.answers(seed: 7), try Self.answers(seed: 7))
        #expect(try one.complete(3, Self.pictures) == other.complete(3, Self.pictures))
        #expect(try one.complete(3, Self.pictures) != other.complete(4, Self.pictures))
    }

    @Test("Made-up codes raise no doubt: their organisation code has a right check character too")
    func codes() throws {
        var chance = Chance(seed: 1)
        for _ in 0..<200 { #expect(try CreditCode(SampleNumbers.creditCode(&chance)).warnings.isEmpty) }
    }
}
