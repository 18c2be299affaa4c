/// A field as the layout gives it: its text and the lines it stands on.
struct LaidOutField: Sendable {
    /// A part of one line, in fractions of its width.
    struct Piece: Sendable {
        var line: Int
        var start: Double
        var end: Double
    }

    var value: String
    var confidence: Double
    var repaired: Bool
    var pieces: [Piece]
}

/// What is known about how licences are laid out: portrait originals and landscape copies, one or two columns,
/// labels with or without spaces between their characters, values over several lines.
enum LicenceLayout {
    /// Finds the fields among the lines of a page; empty when the page is no licence.
    static func fields(lines: [TextLine], direction: Point) -> [LicenceField: LaidOutField] {
        let sheet = Sheet(lines: lines, flow: Flow(lines: lines, direction: direction))
        let labels = LabelFinder(runs: sheet.runs).labels()
        let assembler = FieldAssembler(runs: sheet.runs, labels: labels)
        var fields: [LicenceField: LaidOutField] = [:]
        for label in labels {
            guard let field = label.field, field != .creditCode else { continue }
            let rows = assembler.value(of: label)
            let value = ValueText.join(rows, field: field)
            guard !value.isEmpty else { continue }
            fields[field] = LaidOutField(
                value: value,
                confidence: FieldQuality.confidence(of: value, rows: rows, field: field, label: label),
                repaired: false, pieces: pieces(of: rows.flatMap { $0 }, lines: lines))
        }
        if let code = creditCode(runs: sheet.runs, labels: labels, assembler: assembler, lines: lines) {
            fields[.creditCode] = code
        }
        let title = sheet.runs.contains { $0.text.contains("营业执照") || $0.text.contains("业执照") }
        let evidence = fields.count + (title ? 2 : 0) + (fields[.creditCode] != nil ? 1 : 0)
        return evidence >= 4 ? fields : [:]
    }

    /// The code stands beside or below its label; without a legible label its shape gives it away.
    private static func creditCode(
        runs: [Run], labels: [FoundLabel], assembler: FieldAssembler, lines: [TextLine]
    ) -> LaidOutField? {
        var candidates: [(field: LaidOutField, rank: Int)] = []
        func consider(_ row: [Run], isLabelled: Bool) {
            let glyphs = row.flatMap { $0.glyphs }
            guard let outcome = CreditCodeReader.read(glyphs.map(\.glyph)) else { return }
            var confidence = outcome.confidence
            if !isLabelled && outcome.repaired { confidence *= 0.8 }
            candidates.append(
                (
                    LaidOutField(
                        value: outcome.value, confidence: confidence, repaired: outcome.repaired,
                        pieces: pieces(of: row, lines: lines)),
                    (outcome.isValid ? 4 : 0) + (isLabelled ? 2 : 0) + (outcome.repaired ? 0 : 1)
                ))
        }
        if let label = labels.first(where: { $0.field == .creditCode }) {
            for row in assembler.value(of: label) { consider(row, isLabelled: true) }
        }
        for run in runs {
            // A code may follow its label without a gap, or the label may be illegible: only its Latin part counts.
            let parts = run.glyphs.split { !$0.character.isASCII }
            for part in parts where (16...20).contains(part.count) {
                var candidate = run
                candidate.glyphs = Array(part)
                consider([candidate], isLabelled: false)
            }
        }
        return candidates.max { ($0.rank, $0.field.confidence) < ($1.rank, $1.field.confidence) }?.field
    }

    /// The parts of lines under these runs, with half a character's margin.
    private static func pieces(of runs: [Run], lines: [TextLine]) -> [LaidOutField.Piece] {
        runs.compactMap { run in
            guard let first = run.glyphs.first, let last = run.glyphs.last else { return nil }
            let margin = 0.6 * run.em / max(1, lines[first.line].area.width)
            return LaidOutField.Piece(
                line: first.line, start: max(0, first.glyph.position - margin),
                end: min(1, last.glyph.position + margin))
        }
    }
}
