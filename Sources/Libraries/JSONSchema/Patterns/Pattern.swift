import CRE2

/// A compiled `pattern`. It runs in time linear in the text: simple ones as runs of characters, small ones from a
/// table, the others on RE2.
///
/// Unchecked because of the bare pointer to RE2, whose objects may be matched from any thread; nothing here changes
/// after it was compiled.
final class Pattern: @unchecked Sendable {
    /// The expression as the schema has it.
    let source: String
    let matcher: PatternMatcher

    /// What one compiled expression may occupy inside RE2.
    private static let memory = 4 << 20

    init(_ source: String) throws(PatternFault) {
        self.source = source
        let tree = try ECMAParser.parse(source)
        if let runs = CharacterRuns(tree) {
            matcher = PatternMatcher(runs)
        } else if let table = ByteAutomaton(tree).flatMap(ByteTable.init) {
            matcher = PatternMatcher(table)
        } else {
            matcher = PatternMatcher(try Self.compile(RE2Text(tree).text))
        }
    }

    deinit { matcher.free() }

    /// What runs a pattern.
    enum Engine { case runs, table, re2 }

    var engine: Engine { matcher.engine }

    func matches(_ text: String) -> Bool {
        var text = text
        return withExtendedLifetime(self) {
            text.withUTF8 { utf8 in
                utf8.baseAddress.map { matcher.matches($0, utf8.count) } ?? matcher.matches([0], 0)
            }
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

/// The matching half of a pattern: bare pointers, owned by the `Pattern`. It has runs, or a table, or neither.
struct PatternMatcher {
    private let runs: UnsafePointer<CharacterRuns.Run>?
    private let runCount: Int
    /// `CharacterRuns.masks` or `ByteTable.classes`.
    private let masks: UnsafePointer<UInt8>
    private let next: UnsafePointer<UInt16>?
    private let start: Int
    private let end: Int
    private let compiled: OpaquePointer?

    fileprivate init(_ runs: CharacterRuns) {
        self.runs = Self.copy(runs.runs)
        runCount = runs.runs.count
        masks = Self.copy(runs.masks)
        next = nil
        (start, end) = (0, 0)
        compiled = nil
    }

    fileprivate init(_ table: ByteTable) {
        runs = nil
        runCount = 0
        masks = Self.copy(table.classes)
        next = Self.copy(table.rows)
        start = table.startRow
        end = table.classCount
        compiled = nil
    }

    fileprivate init(_ compiled: OpaquePointer) {
        runs = nil
        runCount = 0
        masks = Self.copy([])
        next = nil
        (start, end) = (0, 0)
        self.compiled = compiled
    }

    private static func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
        _ = buffer.initialize(from: elements)
        return UnsafePointer(buffer.baseAddress ?? .allocate(capacity: 1))
    }

    fileprivate func free() {
        runs?.deallocate()
        next?.deallocate()
        masks.deallocate()
        if let compiled { cre2_free(compiled) }
    }

    fileprivate var engine: Pattern.Engine { runs != nil ? .runs : next != nil ? .table : .re2 }

    @inline(__always)
    func matches(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if let runs { return matches(runs, bytes, count) }
        guard let next else { return matchesSlowly(bytes, count) }
        // States are the places of their rows; those of the two final states are 0 and `end` + 1.
        var state = start
        var at = 0
        while at < count, state > end &+ 1 {
            state = Int(next[state &+ Int(masks[Int(bytes[at])])])
            at &+= 1
        }
        return next[state &+ end] != 0
    }

    /// The bytes of a run are checked together: no step waits for the one before.
    @inline(__always)
    private func matches(
        _ runs: UnsafePointer<CharacterRuns.Run>, _ bytes: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
        var at = 0
        for number in 0..<runCount {
            let run = runs[number]
            let left = count &- at
            let isLast = number == runCount &- 1
            guard left >= run.least, !isLast || run.most < 0 || left <= run.most else { return false }
            let length = isLast ? left : Int(run.least)
            var common: UInt8 = 0xFF
            for place in at..<(at &+ length) { common &= masks[Int(bytes[place])] }
            guard common & run.bit != 0 else { return false }
            at &+= length
        }
        return true
    }

    @inline(never)
    private func matchesSlowly(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let compiled else { return false }
        return UnsafeRawPointer(bytes).withMemoryRebound(to: CChar.self, capacity: count) {
            cre2_matches(compiled, $0, count) == 1
        }
    }
}
