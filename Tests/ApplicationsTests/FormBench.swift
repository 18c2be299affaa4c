import CanonicalJSON
import Foundation
import Kernel
import PackSupport
import Testing

@testable import Applications
@testable import Catalogue

/// How long it takes to write a long form: `RUZHU_BENCH=1 swift test -c release --filter FormBench`.
@Suite("A long form", .enabled(if: ProcessInfo.processInfo.environment["RUZHU_BENCH"] != nil))
struct FormBench {
    /// 137 questions of all kinds in groups of eight, about as many as the largest real selections make.
    static func step() -> PackStep {
        let kinds: [FieldKind] = [
            .text, .identifier, .expiry, .picture, .personName, .choice, .consent, .longText, .money, .date, .bank,
        ]
        let fields = (0..<137).map { number in
            PackField(
                path: "/qualifications/paper-\(number)/value", label: "第 \(number) 项材料的编号",
                kind: kinds[number % kinds.count],
                hint: "照证件填写", format: "food-operation",
                options: (1...3).map { PackOption(value: "o\($0)", label: "选项 \($0)", note: "说明") },
                examples: PictureExamples(good: "四角完整", bad: "缺了一角"), categories: ["food"], source: "食品安全法第三十五条")
        }
        let groups = stride(from: 0, to: fields.count, by: 8).map { start in
            PackGroup(title: "一份材料", hint: "有原件的拍原件", fields: Array(fields[start..<min(start + 8, fields.count)]))
        }
        return PackStep(id: "papers", title: "资质", lead: "", minutes: 9, groups: groups)
    }

    @Test("137 questions, a thousand times")
    func write() async throws {
        let step = Self.step()
        var values: JSONValue = [:]
        for field in step.fields { try values.set("JY13301060999991", at: field.pointer, creatingParents: true) }
        let one = try await FormExample.Applicant().application(ExamplePack.pack(), values)
        var size = 0
        let time = ContinuousClock().measure {
            for _ in 0..<1_000 {
                var markup = FieldMarkup(one, pictures: [:], faults: [], comments: [:], icons: "/icons.svg")
                size = markup.write(step).utf8.count
            }
        }
        print("form: \(time / 1_000) for 137 questions, \(size) bytes")
    }

    @Test("The shop step of a merchant who sells in twelve trades, with all that stands around it")
    func page() async throws {
        let pack = try FormExample.pack()
        let sellable = pack.content.categories.filter { $0.denied == nil && $0.subjects.contains("enterprise") }.map(
            \.id)
        let categories = stride(from: 0, to: sellable.count, by: max(1, sellable.count / 12)).map { sellable[$0] }
        let values: JSONValue = [
            "subject": ["type": "enterprise"],
            "shop": ["type": "flagship", "name": "晨光", "categories": .array(categories.map { .string($0) })],
        ]
        let one = try await FormExample.Applicant().application(pack, values)
        let step = try #require(one.form.step("shop"))
        let time = ContinuousClock().measure {
            for _ in 0..<200 {
                _ = StepPage(FormExample.frame, one, step, pictures: [:], faults: [], comments: [:], at: .example)
            }
        }
        print("page: \(time / 200) for \(one.asked.count) questions")
    }
}
