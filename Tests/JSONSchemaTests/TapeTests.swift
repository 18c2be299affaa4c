import CanonicalJSON
import Testing

@testable import JSONSchema

@Suite("The tape")
struct TapeTests {
    @Test(
        "Equality knows values, not spellings",
        arguments: [
            ("1", "1.0", true), ("[1,2]", "[2,1]", false), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, true),
            (#"{"a":1}"#, #"{"a":1,"b":2}"#, false), (#"{"a":1,"b":2}"#, #"{"a":1,"c":2}"#, false), ("[]", "{}", false),
            (#""a""#, #""\u0061""#, true), ("true", "1", false), ("null", "false", false), (#"["1"]"#, "[1]", false),
            ("[[[[]]]]", "[[[{}]]]", false), (#"{"a":{"b":[1,{"c":null}]}}"#, #"{"a":{"b":[1.0,{"c":null}]}}"#, true),
            (#""abcdefghijk""#, #""abcdefghijl""#, false),
            (#""abcdefghXYZ12345678""#, #""abcdefghxyz12345678""#, false),
        ])
    func equality(left: String, right: String, isEqual: Bool) throws {
        let (a, b) = (try JSONDocument(left), try JSONDocument(right))
        withExtendedLifetime((a, b)) {
            #expect(a.tape.view.equals(0, b.tape.view, 0) == isEqual)
            #expect(b.tape.view.equals(0, a.tape.view, 0) == isEqual)
            if isEqual {
                #expect(a.tape.view.hashed == b.tape.view.hashed)
                #expect(a.tape.nodes[0].fingerprint == b.tape.nodes[0].fingerprint)
            }
        }
    }

    @Test("Equality agrees with that of values in memory")
    func randomEquality() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("seed of random equalities: \(seed)")
        var chance = SeededGenerator(seed: seed)
        var equal = 0
        for _ in 0..<4000 {
            let (left, right) = (RandomJSON.value(&chance, depth: 2), RandomJSON.value(&chance, depth: 2))
            let (a, b) = (JSONDocument(left), JSONDocument(right))
            withExtendedLifetime((a, b)) {
                #expect(a.tape.view.equals(0, b.tape.view, 0) == (left == right), "\(left) \(right) seed \(seed)")
                if left == right {
                    equal += 1
                    #expect(a.tape.view.hashed == b.tape.view.hashed, "\(left) seed \(seed)")
                }
            }
        }
        #expect(equal > 50)
    }

    @Test(
        "Growing is adding members and elements",
        arguments: [
            ("{}", #"{"a":1}"#, true), (#"{"a":1}"#, "{}", false), ("[1]", "[1,2]", true), ("[2]", "[1,2]", false),
            (#"{"a":{}}"#, #"{"a":{"b":[]},"c":1}"#, true), (#"{"a":1}"#, #"{"a":2}"#, false), ("1", "1", true),
            ("{}", "[]", false),
            (#"[{"x":[]}]"#, #"[{"x":[{}],"y":1},2]"#, true), (#"[{"x":[1]}]"#, #"[{"x":[{}]}]"#, false),
        ])
    func growth(start: String, end: String, isGrowth: Bool) throws {
        let (a, b) = (try JSONDocument(start), try JSONDocument(end))
        withExtendedLifetime((a, b)) { #expect(a.tape.view.canGrow(0, into: b.tape.view, 0) == isGrowth) }
    }

    @Test("Every place knows the way that leads to it")
    func paths() throws {
        let document = try JSONDocument(#"{"a":[1,{"b/~":[null,[]]},"x"],"":{"c":{}},"d":2}"#)
        let value = document.value
        withExtendedLifetime(document) {
            let tape = document.tape.view
            var seen = 0
            var open = [0]
            while let place = open.popLast() {
                seen += 1
                let pointer = JSONPointer(tokens: tape.path(to: place))
                #expect(value[pointer] == tape.value(at: place), "\(pointer)")
                open += tape.nodes[place].isKind(.object) ? tape.keys(of: place).map { $0 + 1 } : []
                open += tape.nodes[place].isKind(.array) ? tape.elements(of: place) : []
            }
            #expect(seen == 11)
        }
    }

    @Test("The first duplicate is found in short and long arrays", arguments: [2, 3, 8, 9, 40])
    func duplicates(count: Int) throws {
        for kind in ["1%", "\"t%\"", "[%]", "{\"k\":%}"] {
            let element = { (number: Int) in kind.replacing("%", with: "\(number)") }
            let distinct = (0..<count).map(element)
            let twice = distinct.dropLast() + [element(0)]
            let (fine, faulty) = (
                try JSONDocument("[\(distinct.joined(separator: ","))]"),
                try JSONDocument("[\(twice.joined(separator: ","))]")
            )
            withExtendedLifetime((fine, faulty)) {
                #expect(fine.tape.view.firstDuplicate(of: 0) == nil)
                let places = faulty.tape.view.elements(of: 0)
                let found = faulty.tape.view.firstDuplicate(of: 0)
                #expect(found?.first == places.first && found?.second == places.last)
            }
        }
    }

    @Test("Fingerprints take every byte of short texts into account, and the length of long ones")
    func fingerprints() {
        let texts =
            (0..<256).map { String(UnicodeScalar(UInt8($0))) } + [
                "", "ab", "ba", "abc", "acb", "abcd", "abdc", "abcdefg", "abcdefgh", "abcdefghi",
            ]
        #expect(Set(texts.map { Fingerprint.of($0) }).count == texts.count)
    }

    @Test("Characters are counted like Unicode scalars")
    func characters() {
        for text in ["", "a", "中", "é😀", "abcdefgh", "一二三四五六七八九十abc😀", String(repeating: "ß", count: 100)] {
            let bytes = Array(text.utf8) + [0]
            #expect(
                bytes.withUnsafeBufferPointer {
                    UTF8Sequence.characters($0.baseAddress ?? UnsafePointer([0]), text.utf8.count)
                } == text.unicodeScalars.count)
        }
    }
}

extension TapeView {
    fileprivate var hashed: Int {
        var hasher = Hasher()
        hash(0, into: &hasher)
        return hasher.finalize()
    }
}
