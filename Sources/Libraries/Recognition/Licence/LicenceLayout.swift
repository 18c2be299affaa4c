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
struct LicenceLayout {
    private let lines: [TextLine]
    private let flow: Flow
    private let sheet: Sheet
    private let labels: [FoundLabel]
    private let assembler: FieldAssembler
    private let values: [LicenceField: (label: FoundLabel, rows: [[Run]])]

    init(lines: [TextLine], direction: Point) {
        self.lines = lines
        flow = Flow(lines: lines, direction: direction)
        sheet = Sheet(lines: lines, flow: flow)
        labels = LabelFinder(runs: sheet.runs).labels()
        assembler = FieldAssembler(runs: sheet.runs, labels: labels)
        var values: [LicenceField: (label: FoundLabel, rows: [[Run]])] = [:]
        for label in labels {
            guard let field = label.field else { continue }
            values[field] = (label, assembler.value(of: label))
        }
        self.values = values
    }

    /// The fields among the lines; empty when the page is no licence.
    func fields() -> [LicenceField: LaidOutField] {
        var fields: [LicenceField: LaidOutField] = [:]
        for (field, (label, rows)) in values where field != .creditCode {
            let (value, hasDoubtfulBrackets) = ValueText.join(rows, field: field)
            guard !value.isEmpty else { continue }
            let confidence = FieldQuality.confidence(of: value, rows: rows, field: field, label: label, em: sheet.em)
            fields[field] = LaidOutField(
                value: value, confidence: hasDoubtfulBrackets ? confidence * 0.82 : confidence,
                repaired: false, pieces: Self.pieces(of: rows.flatMap { $0 }, lines: lines))
        }
        fields[.creditCode] = creditCode()
        let guesses = guesses(besides: Set(fields.keys))
        let hasTitle = sheet.runs.contains { $0.text.contains("业执照") }
        let evidence = fields.count + (hasTitle ? 2 : 0) + (fields[.creditCode] != nil ? 1 : 0)
        return evidence >= 4 ? fields.merging(guesses) { labelled, _ in labelled } : [:]
    }

    /// Values without a legible label. They say nothing about whether the page is a licence.
    private func guesses(besides known: Set<LicenceField>) -> [LicenceField: LaidOutField] {
        let shapes = ShapeFinder(runs: assembler.runs, claimed: values.values.flatMap { $0.rows.joined() })
        var guesses: [LicenceField: LaidOutField] = [:]
        for field in LicenceField.allCases where !known.contains(field) {
            guard let rows = shapes.value(of: field) else { continue }
            let value = ValueText.join(rows, field: field).text
            let confidence = FieldQuality.confidence(of: value, rows: rows, field: field, label: nil, em: sheet.em)
            // Mending a garbled guess is more work than typing.
            guard confidence > 0.4 else { continue }
            guesses[field] = LaidOutField(
                value: value, confidence: confidence, repaired: false,
                pieces: Self.pieces(of: rows.flatMap { $0 }, lines: lines))
        }
        return guesses
    }

    /// A place where something should stand that the detector did not see.
    struct Gap {
        var area: RotatedRectangle
        /// The characters one of which must end what is read there; nil when anything will do.
        var endings: String?

        func accepts(_ line: TextLine) -> Bool {
            // A piece of frame or stamp gives letters too, but the recogniser does not believe in them.
            guard line.meanProbability > 0.8, let last = line.glyphs.last?.character else { return false }
            return endings.map { $0.contains(last) && line.glyphs.count <= 3 } ?? true
        }
    }

    /// The value of a label that has none, and the last mark of a value that ends in the middle.
    func gaps() -> [Gap] {
        guard values.count >= 3 else { return [] }
        var gaps: [Gap] = []
        for (field, (label, rows)) in values where field != .creditCode {
            guard let last = rows.last, let first = rows.first?.first, let end = last.last else {
                let area = area(from: label.end + 0.3 * sheet.em, to: rightEdge(beside: label), v: label.v)
                gaps.append(Gap(area: area))
                continue
            }
            let text = ValueText.join(rows, field: field).text
            switch field {
            case .scope where text.last != "。":
                let endings = text.last.map(Brackets.isClosing) == true ? "。" : "。）)"
                let widest = rows.compactMap { $0.last?.end }.max() ?? end.end
                let isShort = end.end < widest - 1.6 * first.em
                let beside = area(from: end.end, to: end.end + 2.2 * first.em, v: end.v)
                gaps.append(Gap(area: isShort ? beside : area(below: rows, width: 2.6), endings: endings))
            case .established, .term:
                guard text.contains("月"), text.last?.isNumber == true else { break }
                gaps.append(Gap(area: area(below: rows, width: 1.6), endings: "日"))
            default:
                break
            }
        }
        return gaps
    }

    /// Where the next line of a value would begin.
    private func area(below rows: [[Run]], width: Double) -> RotatedRectangle {
        let first = rows[0][0]
        let heights = rows.compactMap { $0.first?.v }
        let pitch = zip(heights, heights.dropFirst()).map { $1 - $0 }.median ?? 1.45 * first.em
        let v = (heights.last ?? first.v) + pitch
        return area(from: first.start - 0.2 * first.em, to: first.start + width * first.em, v: v)
    }

    /// The end of the column right of a label: the next label, or where the page's text ends.
    private func rightEdge(beside label: FoundLabel) -> Double {
        let next = labels.filter { $0.field != nil && $0.start > label.end + 3 * label.em }.map(\.start).min()
        let end = sheet.runs.map(\.end).max() ?? label.end
        return min(next.map { $0 - 0.6 * sheet.em } ?? end, label.end + 24 * sheet.em)
    }

    private func area(from start: Double, to end: Double, v: Double) -> RotatedRectangle {
        let (left, right) = (flow.point(u: start, v: v), flow.point(u: max(end, start + sheet.em), v: v))
        let along = right - left
        return RotatedRectangle(
            centre: (left + right) * 0.5, width: along.length, height: 1.55 * sheet.em,
            direction: along * (1 / along.length))
    }

    /// The code stands beside or below its label; without a legible label its shape gives it away.
    private func creditCode() -> LaidOutField? {
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
                        pieces: Self.pieces(of: row, lines: lines)),
                    (outcome.isValid ? 4 : 0) + (isLabelled ? 2 : 0) + (outcome.repaired ? 0 : 1)
                ))
        }
        for row in values[.creditCode]?.rows ?? [] { consider(row, isLabelled: true) }
        for run in sheet.runs {
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
