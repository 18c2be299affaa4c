import Testing

@testable import JSONSchema

@Suite("Three-valued verdicts")
struct VerdictTests {
    static let all: [Verdict] = [
        .accepted, .refused, Verdict(passes: true, outlook: .open), Verdict(passes: false, outlook: .open),
    ]

    @Test("And, or and not follow Kleene, and never contradict the plain answer")
    func kleene() {
        for a in Self.all {
            #expect((!a).passes == !a.passes)
            #expect((!(!a)).outlook == a.outlook)
            for b in Self.all {
                let (both, either) = (a && b, a || b)
                #expect(both.passes == (a.passes && b.passes))
                #expect(either.passes == (a.passes || b.passes))
                #expect(both.outlook == min(a.outlook, b.outlook))
                #expect(either.outlook == max(a.outlook, b.outlook))
                // De Morgan.
                #expect((!both).outlook == (!a || !b).outlook)
                for verdict in [both, either] {
                    if verdict.outlook == .always { #expect(verdict.passes) }
                    if verdict.outlook == .never { #expect(!verdict.passes) }
                }
            }
        }
    }

    @Test("Marks of a schema count as far as the schema accepts")
    func marks() {
        for verdict in Self.all {
            var outer = Marks(count: 3)
            var inner = outer.emptyCopy
            inner.insert(1)
            outer.formUnion(inner, verdict)
            #expect(outer.sure == [false, verdict.passes, false])
            #expect(outer.possible == [false, verdict.outlook > .never, false])
        }
        var none = Marks.none
        none.insert(0)
        #expect(none.sure.isEmpty)
    }

    @Test("Quick marks hold a bit for each child", arguments: [0, 1, 63, 64, 65, 200])
    func quickMarks(count: Int) {
        let marks = QuickMarks(count: count, isNeeded: true)
        let other = marks.emptyCopy()
        defer {
            marks.free()
            other.free()
        }
        for place in 0..<count where place % 3 == 0 { marks.insert(place) }
        for place in 0..<count where place % 5 == 0 { other.insert(place) }
        marks.formUnion(other)
        for place in 0..<count { #expect(marks.contains(place) == (place % 3 == 0 || place % 5 == 0)) }
        #expect(!marks.contains(count + 64))
    }

    @Test("Keywords have their names and codes")
    func names() {
        #expect(Keyword.ref.name == "$ref")
        #expect(Keyword.enum.name == "enum")
        #expect(Keyword.if.name == "if")
        #expect(Keyword.minLength.code == "schema.min_length")
        #expect(Keyword.unevaluatedProperties.code == "schema.unevaluated_properties")
        #expect(Keyword.none.name.isEmpty)
    }

    @Test("Instructions and nodes stay small: they are what runs through the cache")
    func sizes() {
        #expect(MemoryLayout<Instruction>.size <= 16)
        #expect(MemoryLayout<TapeNode>.size == 16)
    }
}
