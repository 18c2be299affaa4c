import CanonicalJSON
import Catalogue
import Kernel
import Sealing
import Testing

@testable import Applications

@Suite("A draft")
struct DraftTests {
    static let name = PackField.example("/licence/name", reads: "名称")
    static let address = PackField.example("/licence/address", reads: "住所")

    static func read(_ value: String, doubtful: Bool = false) -> Draft.ReadValue {
        Draft.ReadValue(value: value, document: "d", name: "名称", isDoubtful: doubtful, box: [1, 2, 3, 4])
    }

    @Test("A picture fills what is empty and leaves alone what somebody typed")
    func fill() {
        var draft = Draft()
        draft.set(Self.address, to: "杭州市西湖区")
        draft.fill([(Self.name, Self.read("禾穗知食品有限公司")), (Self.address, Self.read("杭州市西湖医"))])
        #expect(draft.text(Self.name) == "禾穗知食品有限公司")
        #expect(draft.text(Self.address) == "杭州市西湖区")
        #expect(draft.isRecognised(Self.name))
        #expect(!draft.isRecognised(Self.address))
    }

    @Test("A better picture replaces what the first one said, unless somebody has confirmed it")
    func retake() {
        var draft = Draft()
        draft.fill([(Self.name, Self.read("禾穗知食品有眼公司", doubtful: true))])
        draft.fill([(Self.name, Self.read("禾穗知食品有限公司"))])
        #expect(draft.text(Self.name) == "禾穗知食品有限公司")
        draft.confirm([Self.name])
        draft.fill([(Self.name, Self.read("别的公司"))])
        #expect(draft.text(Self.name) == "禾穗知食品有限公司")
    }

    @Test("A doubtful value asks for a look until somebody has looked or changed it")
    func doubt() {
        var draft = Draft()
        draft.fill([(Self.name, Self.read("禾穗知", doubtful: true)), (Self.address, Self.read("杭州", doubtful: true))])
        #expect(draft.isDoubtful(Self.name))
        draft.set(Self.name, to: "禾穗知食品有限公司")
        #expect(!draft.isDoubtful(Self.name))
        draft.confirm([Self.address])
        #expect(!draft.isDoubtful(Self.address))
    }

    @Test("A draft is kept and read back as it was")
    func coding() throws {
        var draft = Draft()
        draft.fill([(Self.name, Self.read("禾穗知", doubtful: true))])
        draft.set(.example("/shop/categories", kind: .categories), to: ["apparel", "food"])
        draft.confirm([Self.address])
        #expect(Draft(json: try JSONValue(parsing: draft.json.canonicalBytes)) == draft)
    }

    @Test("After a request for changes only the named fields and empty ones are open")
    func editRules() throws {
        let state = JourneyState.changesRequested([FieldComment(path: "/licence/name", note: Sealed(bytes: []))])
        let before = EditRules(state, submitted: ["licence": ["name": "a"]])
        #expect(before.allows(Self.name))
        #expect(before.allows(Self.address), "it was empty when it was handed in")
        let filled = EditRules(state, submitted: ["licence": ["name": "a", "address": "b"]])
        #expect(!filled.allows(Self.address))
        let expired = EditRules(
            state, submitted: ["licence": ["name": "a", "address": "b"]], wrong: ["/licence/address"])
        #expect(expired.allows(Self.address), "nobody is held up by a field that he may not mend")
        let rows = EditRules(
            .changesRequested([FieldComment(path: "/brands", note: Sealed(bytes: []))]),
            submitted: ["brands": ["r0001": ["name": "a"]]])
        #expect(rows.allows(.example("/brands/r0001/name")), "who is asked about a list may change its rows")
        #expect(EditRules(.at(.review), submitted: nil) == .none)
        #expect(EditRules(.withdrawn, submitted: nil) == .none)
    }
}

extension PackField {
    static func example(_ path: String, kind: FieldKind = .text, reads: String? = nil) -> PackField {
        PackField(
            path: path, label: path, kind: kind, isRequired: true, hint: nil, least: 1, most: 100, reads: reads,
            categories: [])
    }
}
