/// Gathers the value that belongs to each label: what stands right of it (or below it), and the lines that continue it.
struct FieldAssembler {
    /// What is left of the page without its labels.
    let runs: [Run]
    private let labels: [FoundLabel]
    private let columns: [FoundLabel]

    /// `runs` as they are; the labels' own glyphs are cut out here.
    init(runs: [Run], labels: [FoundLabel]) {
        var pieces: [Run] = []
        let taken = Set(labels.flatMap(\.glyphs))
        for (index, run) in runs.enumerated() {
            var current = run
            current.glyphs = []
            for (at, glyph) in run.glyphs.enumerated() {
                if taken.contains(GlyphPlace(run: index, index: at)) {
                    if !current.glyphs.isEmpty { pieces.append(current) }
                    current.glyphs = []
                } else {
                    current.glyphs.append(glyph)
                }
            }
            if !current.glyphs.isEmpty { pieces.append(current) }
        }
        self.runs = pieces.filter { !$0.text.allSatisfy { ":：".contains($0) } }
        self.labels = labels
        columns = labels.filter { $0.field != nil && $0.field != .creditCode }
    }

    /// The rows of the value, each from left to right.
    func value(of label: FoundLabel) -> [[Run]] {
        var rows: [[Run]] = []
        let first = firstRow(of: label)
        if let begin = first.first {
            rows = [first]
            continueDown(&rows, from: begin, label: label)
        } else if let below = rowBelow(label) {
            rows = [below]
            continueDown(&rows, from: below[0], label: label)
        }
        return rows
    }

    private func firstRow(of label: FoundLabel) -> [Run] {
        let candidates = runs.filter {
            abs($0.v - label.v) < 0.6 * max($0.em, label.em) && $0.start > label.end - 0.4 * label.em
                && !isBlocked($0, for: label)
        }
        return row(of: candidates, after: label.end, firstGap: 14, label: label)
    }

    /// Runs one after another while no wide gap and no other label comes between.
    private func row(of candidates: [Run], after end: Double, firstGap: Double, label: FoundLabel) -> [Run] {
        var row: [Run] = []
        var (end, allowed) = (end, firstGap)
        for run in candidates.sorted(by: { $0.start < $1.start }) {
            guard run.start - end < allowed * label.em else { break }
            let between = labels.contains { other in
                abs(other.v - run.v) < 0.6 * label.em && other.start > end - 0.5 * label.em
                    && other.end < run.start + label.em
                    && other.glyphs != label.glyphs
            }
            guard !between else { break }
            row.append(run)
            (end, allowed) = (run.end, 4)
        }
        return row
    }

    private func rowBelow(_ label: FoundLabel) -> [Run]? {
        let below = runs.filter { run in
            let drop = (run.v - label.v) / label.em
            return (0.7...3).contains(drop) && abs(run.start - label.start) < 2 * label.em
        }
        guard let nearest = below.min(by: { $0.v < $1.v }) else { return nil }
        let row = row(
            of: runs.filter { $0.isOnRow(of: nearest) && $0.start >= nearest.start }, after: nearest.start, firstGap: 1,
            label: label)
        return row.isEmpty ? nil : row
    }

    /// A run that stands in another column of labels than this label's.
    private func isBlocked(_ run: Run, for label: FoundLabel) -> Bool {
        columns.contains { other in
            guard other.start > label.end + 3 * label.em, run.start > other.start - label.em else { return false }
            let below = (run.v - other.v) / label.em
            return below > -3 && below < 8
        }
    }

    private func continueDown(_ rows: inout [[Run]], from begin: Run, label: FoundLabel) {
        guard let field = label.field else { return }
        let limit = Self.lines(of: field)
        let floor = nextLabel(below: label)
        var pitch: Double?
        while rows.count < limit, let last = rows.last?.first {
            let reach = pitch.map { $0 * 1.45 } ?? 2.6 * begin.em
            let next = runs.filter { run in
                let drop = run.v - last.v
                guard drop > 0.65 * begin.em, drop < reach, run.v < floor, !isBlocked(run, for: label) else {
                    return false
                }
                guard (0.6...1.6).contains(run.em / begin.em) else { return false }
                // Under a stamp the beginning of a line may be lost: long values need not start at the margin.
                let isAligned = abs(run.start - begin.start) < 1.2 * begin.em
                let isWithin = field == .scope && run.start > begin.start && run.start < (rows.last?.last?.end ?? 0)
                return isAligned || isWithin
            }
            guard let nearest = next.min(by: { $0.v < $1.v }) else { return }
            let row = row(
                of: runs.filter {
                    $0.isOnRow(of: nearest) && $0.start >= begin.start - 1.2 * begin.em && !isBlocked($0, for: label)
                }, after: nearest.start, firstGap: 1, label: label)
            guard !row.isEmpty else { return }
            // A line breaks where it is full, so what follows can't be longer; if it is, it is another value whose label
            // went unread. Under a stamp the end of a line may be lost, and scopes stand under stamps.
            if field != .scope, let end = rows.last?.last?.end, let next = row.last?.end, next > end + 2 * begin.em {
                return
            }
            // Only the distance of the first two lines is sure to be one line.
            if pitch == nil { pitch = nearest.v - last.v }
            rows.append(row)
        }
    }

    /// Where the next label of the same column begins: no value reaches below that.
    private func nextLabel(below label: FoundLabel) -> Double {
        let below = labels.filter { other in
            other.v > label.v + 0.6 * label.em && other.start < label.end + 2 * label.em
                && other.end > label.start - label.em
        }
        return below.map { $0.v - 0.5 * $0.em }.min() ?? .infinity
    }

    /// How many lines a value of this kind may take.
    private static func lines(of field: LicenceField) -> Int {
        switch field {
        case .creditCode, .established: 1
        case .legalRepresentative, .capital, .term: 2
        case .name, .type: 3
        case .address: 5
        case .scope: 60
        }
    }
}
