/// A label where it was found.
struct FoundLabel: Sendable {
    var field: LicenceField?
    var start: Double
    var end: Double
    var v: Double
    var em: Double
    /// Where its glyphs stand: run and index within the run.
    var glyphs: [GlyphPlace]
    /// Whether only a part of a two-character label was legible.
    var isPartial = false
}

struct GlyphPlace: Hashable, Sendable {
    var run: Int
    var index: Int
}

/// Finds labels at the beginnings of runs, also when their characters stand far apart ("名　　称").
struct LabelFinder {
    let runs: [Run]

    /// Characters of one label stand at most this many characters apart.
    private static let widestInside = 6.5

    func labels() -> [FoundLabel] {
        var firm: [FoundLabel] = []
        var weak: [FoundLabel] = []
        for run in runs.indices {
            for index in starts(in: run) {
                guard let (label, isFirm) = label(at: GlyphPlace(run: run, index: index)) else { continue }
                if isFirm { firm.append(label) } else { weak.append(label) }
            }
        }
        // "名称" may well begin a line of a value. Without a gap it counts only where labels stand.
        for label in weak where firm.contains(where: { abs($0.start - label.start) < label.em && $0.field != nil }) {
            firm.append(label)
        }
        firm = withoutOverlaps(firm)
        return best(firm + partials(missingFrom: firm))
    }

    /// The first glyph, and every glyph after a gap.
    private func starts(in run: Int) -> [Int] {
        let (glyphs, em) = (runs[run].glyphs, runs[run].em)
        return glyphs.indices.filter { $0 == 0 || glyphs[$0].u - glyphs[$0 - 1].u > 1.3 * em }
    }

    private func label(at place: GlyphPlace) -> (FoundLabel, isFirm: Bool)? {
        let sequence = sequence(from: place)
        let text = sequence.map { runs[$0.run].glyphs[$0.index].character }
        if let (label, count) = LicenceLabel.match(text) {
            let taken = Array(sequence.prefix(count))
            let em = runs[place.run].em
            var found = FoundLabel(
                field: label.field, start: u(taken[0]) - em / 2, end: u(taken[count - 1]) + em / 2,
                // Its last character stands next to the value; a first one alone is often boxed askew.
                v: runs[taken[count - 1].run].v, em: em, glyphs: taken)
            if count == sequence.count { return (found, true) }
            let next = sequence[count]
            if ":：".contains(text[count]) {
                found.glyphs.append(next)
                return (found, true)
            }
            let inside = count > 1 ? (u(taken[1]) - u(taken[0])) / em : 1
            let after = (u(next) - u(taken[count - 1])) / em
            return (found, count >= 4 || inside > 1.35 || after > 1.45 || next.run != taken[count - 1].run)
        }
        return nil
    }

    private func u(_ place: GlyphPlace) -> Double { runs[place.run].glyphs[place.index].u }

    /// The glyphs from a place on, over to the following runs of its row while they stand near enough.
    private func sequence(from place: GlyphPlace) -> [GlyphPlace] {
        let run = runs[place.run]
        var sequence = run.glyphs.indices.dropFirst(place.index).prefix(12).map {
            GlyphPlace(run: place.run, index: $0)
        }
        let following = runs.indices.filter {
            $0 != place.run && runs[$0].isOnRow(of: run) && runs[$0].start > run.end - run.em
        }
        .sorted { runs[$0].start < runs[$1].start }
        for next in following where sequence.count < 12 {
            guard let last = sequence.last, runs[next].start - u(last) < Self.widestInside * run.em else { break }
            sequence += runs[next].glyphs.indices.prefix(12).map { GlyphPlace(run: next, index: $0) }
        }
        return sequence
    }

    /// A label inside a longer one ("场所" of "经营场所") was found at a later glyph of it.
    private func withoutOverlaps(_ labels: [FoundLabel]) -> [FoundLabel] {
        var taken: Set<GlyphPlace> = []
        var kept: [FoundLabel] = []
        for label in labels.sorted(by: { $0.glyphs.count > $1.glyphs.count }) where taken.isDisjoint(with: label.glyphs)
        {
            taken.formUnion(label.glyphs)
            kept.append(label)
        }
        return kept
    }

    /// Half of a widely spaced label is often all that the detector finds.
    private func partials(missingFrom labels: [FoundLabel]) -> [FoundLabel] {
        let taken = Set(labels.flatMap(\.glyphs))
        let halves: [(Character, LicenceField)] = [
            ("名", .name), ("称", .name), ("类", .type), ("型", .type), ("住", .address), ("所", .address),
        ]
        return runs.indices.compactMap { index -> FoundLabel? in
            let (run, place) = (runs[index], GlyphPlace(run: index, index: 0))
            guard let (_, field) = halves.first(where: { $0.0 == run.glyphs[0].character }), !taken.contains(place),
                !labels.contains(where: { $0.field == field }),
                run.glyphs.count == 1 || run.glyphs[1].u - run.glyphs[0].u > 1.3 * run.em
                    || labels.contains(where: { abs($0.end - run.glyphs[0].u - run.em / 2) < 0.8 * run.em })
            else { return nil }
            return FoundLabel(
                field: field, start: run.start, end: run.glyphs[0].u + run.em / 2, v: run.v, em: run.em,
                glyphs: [place], isPartial: true)
        }
    }

    /// One label for each field: whole before partial, then the one that shares its column with others, then the first.
    private func best(_ labels: [FoundLabel]) -> [FoundLabel] {
        func rank(_ label: FoundLabel) -> (Int, Int, Double) {
            let neighbours = labels.filter { $0.field != nil && abs($0.start - label.start) < label.em }.count
            // The second half stands beside the value; the first is often boxed together with the label below it.
            let isSecondHalf =
                label.glyphs.first.map { "称型所".contains(runs[$0.run].glyphs[$0.index].character) } ?? false
            return (label.isPartial ? (isSecondHalf ? 1 : 2) : 0, -min(neighbours, 3), label.v)
        }
        let fields = Dictionary(grouping: labels.filter { $0.field != nil }, by: \.field)
        return labels.filter { $0.field == nil } + fields.values.compactMap { $0.min { rank($0) < rank($1) } }
    }
}
