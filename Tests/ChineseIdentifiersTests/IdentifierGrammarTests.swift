import Foundation
import Testing

@testable import ChineseIdentifiers

@Suite("Grammars by name")
struct IdentifierGrammarTests {
    @Test("Good examples are accepted and already normal once normalised", arguments: IdentifierGrammar.all)
    func good(grammar: IdentifierGrammar) throws {
        #expect(!grammar.good.isEmpty && !grammar.name.isEmpty && !grammar.help.isEmpty)
        for text in grammar.good {
            let check = grammar.check(text)
            let canonical = try #require(check.canonical, "\(grammar.id) \(text): \(check.faults)")
            #expect(check.faults.isEmpty)
            #expect(grammar.check(canonical).canonical == canonical, "\(grammar.id) \(text)")
        }
    }

    @Test("Bad examples give the fault they name, in Chinese and with a hint", arguments: IdentifierGrammar.all)
    func bad(grammar: IdentifierGrammar) {
        #expect(!grammar.bad.isEmpty)
        for example in grammar.bad {
            let check = grammar.check(example.text)
            #expect(check.canonical == nil)
            #expect(check.faults.first?.code == example.code, "\(grammar.id) \(example.text): \(check.faults)")
            #expect(check.faults.allSatisfy { $0.hint?.isEmpty == false && $0.message.contains { $0 > "\u{4E00}" } })
        }
    }

    @Test("Names are unique, in kebab-case and found")
    func names() {
        let ids = IdentifierGrammar.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.wholeMatch(of: #/[a-z]+(-[a-z0-9]+)*/#) != nil, "\(id)")
            #expect(IdentifierGrammar.named(id)?.id == id)
        }
        #expect(IdentifierGrammar.named("unknown") == nil)
    }

    @Test("The documentation describes every grammar as it is")
    func documentation() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/identifiers.md"), encoding: .utf8)
        let described = page.matches(of: #/(?m)^\| `([a-z0-9-]+)` \|/#).map { String($0.1) }
        #expect(described == IdentifierGrammar.all.map(\.id))
        for grammar in IdentifierGrammar.all {
            #expect(page.contains("| \(grammar.name) | \(grammar.help) | `\(grammar.example)` |"), "\(grammar.id)")
        }
    }
}

extension IdentifierGrammar: CustomTestStringConvertible {
    package var testDescription: String { id }
}
