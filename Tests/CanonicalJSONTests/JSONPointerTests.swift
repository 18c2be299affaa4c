import Testing

@testable import CanonicalJSON

@Suite("JSON pointers")
struct JSONPointerTests {
    /// The document of RFC 6901 section 5.
    private static let document: JSONValue = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
    ]

    private static let published: [(String, JSONValue)] = [
        ("", document), ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3),
        ("/g|h", 4), ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
    ]

    @Test("The examples of RFC 6901 are found", arguments: published)
    func examples(text: String, expected: JSONValue) throws {
        let pointer = try JSONPointer(text)
        #expect(Self.document[pointer] == expected)
        #expect(pointer.description == text)
    }

    @Test("Broken pointers are refused", arguments: ["a", "a/b", "/~", "/~2", "/a~", "#/a", " /a"])
    func broken(text: String) {
        #expect(throws: JSONPointer.Fault.syntax) { try JSONPointer(text) }
    }

    @Test("Escapes are undone once and in the right order")
    func escapes() throws {
        #expect(try JSONPointer("/~01").tokens == ["~1"])
        #expect(JSONPointer(tokens: ["~1", "/", "é"]).description == "/~01/~1/é")
        #expect(JSONPointer.root.appending("owners").appending(0).description == "/owners/0")
        #expect(try JSONPointer("/a/b").parent?.parent == .root)
        #expect(JSONPointer.root.parent == nil)
    }

    @Test(
        "Absent places give nil",
        arguments: ["/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/foo/0/x", "/foo/", "/foo/١"])
    func absent(text: String) throws {
        #expect(try Self.document[JSONPointer(text)] == nil)
    }

    @Test("Setting replaces, adds and appends")
    func set() throws {
        var value: JSONValue = ["a": [1, ["b": 2]]]
        try value.set(9, at: ["a", "0"])
        try value.set(8, at: ["a", "1", "c"])
        try value.set(7, at: ["a", "-"])
        try value.set(6, at: ["a", "3"])
        #expect(value == ["a": [9, ["b": 2, "c": 8], 7, 6]])
        try value.set(true, at: .root)
        #expect(value == true)
    }

    @Test("Setting creates parents only when asked")
    func parents() throws {
        var value: JSONValue = [:]
        #expect(throws: JSONPointer.Fault.absent) { try value.set(1, at: ["a", "b", "c"]) }
        #expect(value == [:])
        try value.set(1, at: ["a", "b", "c"], creatingParents: true)
        #expect(value == ["a": ["b": ["c": 1]]])
    }

    @Test("A refused change leaves the value as it was")
    func refusedChange() {
        let before: JSONValue = ["a": [1, ["b": 2]], "n": 5]
        let refusals: [(JSONPointer, JSONPointer.Fault)] = [
            (["a", "3"], .absent), (["a", "x"], .index), (["a", "1", "b", "c"], .absent), (["n", "x"], .absent),
            (["x", "y"], .absent), (["a", "2", "y"], .absent),
        ]
        for (pointer, fault) in refusals {
            var value = before
            #expect(throws: fault) { try value.set(0, at: pointer) }
            #expect(value == before)
            #expect(throws: JSONPointer.Fault.self) { try value.remove(at: pointer) }
            #expect(value == before)
        }
    }

    @Test("Removing takes out a value and returns it")
    func remove() throws {
        var value: JSONValue = ["a": [1, 2, 3], "b": ["c": .null]]
        #expect(try value.remove(at: ["a", "1"]) == 2)
        #expect(try value.remove(at: ["b", "c"]) == JSONValue.null)
        #expect(value == ["a": [1, 3], "b": [:]])
        #expect(throws: JSONPointer.Fault.index) { try value.remove(at: ["a", "-"]) }
        #expect(try value.remove(at: .root) == ["a": [1, 3], "b": [:]])
        #expect(value == .null)
    }

    @Test("A member can be changed through its key")
    func subscripts() {
        var value: JSONValue = ["a": 1]
        value["b"] = "x"
        value["a"] = nil
        #expect(value == ["b": "x"])
        value = [1]
        value["a"] = 2
        #expect(value == [1])
    }

    @Test("Random pointers survive their text")
    func randomPointers() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let tokens = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                String(
                    decoding: random.bytes(count: .random(in: 0...5, using: &random), from: Array("~/01ab-".utf8)),
                    as: UTF8.self)
            }
            let pointer = JSONPointer(tokens: tokens)
            #expect(try JSONPointer(pointer.description) == pointer, "seed \(seed)")
            var value: JSONValue = [:]
            try value.set("here", at: pointer, creatingParents: true)
            #expect(value[pointer] == "here", "seed \(seed)")
        }
    }
}
