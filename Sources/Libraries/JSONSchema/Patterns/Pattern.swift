import CRE2

/// A compiled `pattern`. It runs in time linear in the text: small ones from a table, the others on RE2.
final class Pattern: @unchecked Sendable {
    /// The expression as the schema has it.
    let source: String
    let matcher: PatternMatcher

    /// What one compiled expression may occupy inside RE2.
    private static let memory = 4 << 20

    init(_ source: String) throws(PatternFault) {
        self.source = source
        let tree = try ECMAParser.parse(source)
        if let table = ByteAutomaton(tree).flatMap(ByteTable.init) {
            matcher = PatternMatcher(table)
        } else {
            matcher = PatternMatcher(try Self.compile(RE2Text(tree).text))
        }
    }

    deinit { matcher.free() }

    /// Whether the pattern runs from a table.
    var isTable: Bool { matcher.next != nil }

    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            utf8.baseAddress.map { matcher.matches($0, utf8.count) } ?? matcher.matches([0], 0)
        }
    }

    private static func compile(_ text: String) throws(PatternFault) -> OpaquePointer {
        var message = [CChar](repeating: 0, count: Int(CRE2_MESSAGE_SIZE))
        var text = text
        let compiled = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { cre2_compile($0.baseAddress, $0.count, memory, &message) }
        }
        guard let compiled else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw PatternFault("正则表达式无法使用：\(reason)")
        }
        return compiled
    }
}

/// The matching half of a pattern: bare pointers, owned by the `Pattern`.
struct PatternMatcher {
    fileprivate let next: UnsafePointer<UInt16>?
    private let classes: UnsafePointer<UInt8>
    private let acceptsAtEnd: UnsafePointer<Bool>
    private let classCount: Int
    private let start: Int
    private let compiled: OpaquePointer?

    fileprivate init(_ table: ByteTable) {
        next = Self.copy(table.next)
        classes = Self.copy(table.classes)
        acceptsAtEnd = Self.copy(table.acceptsAtEnd)
        classCount = table.classCount
        start = Int(table.start)
        compiled = nil
    }

    fileprivate init(_ compiled: OpaquePointer) {
        next = nil
        classes = Self.copy([])
        acceptsAtEnd = Self.copy([])
        (classCount, start) = (0, 0)
        self.compiled = compiled
    }

    private static func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
        _ = buffer.initialize(from: elements)
        return UnsafePointer(buffer.baseAddress ?? .allocate(capacity: 1))
    }

    fileprivate func free() {
        next?.deallocate()
        classes.deallocate()
        acceptsAtEnd.deallocate()
        if let compiled { cre2_free(compiled) }
    }

    @inline(__always)
    func matches(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let next else { return matchesSlowly(bytes, count) }
        var state = start
        var at = 0
        while at < count, state > 1 {
            state = Int(next[state &* classCount &+ Int(classes[Int(bytes[at])])])
            at += 1
        }
        return acceptsAtEnd[state]
    }

    @inline(never)
    private func matchesSlowly(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let compiled else { return false }
        return UnsafeRawPointer(bytes).withMemoryRebound(to: CChar.self, capacity: count) {
            cre2_matches(compiled, $0, count) == 1
        }
    }
}
