/// Greedy decoding of connectionist temporal classification (Graves et al. 2006): the best class of every step,
/// repeats merged, blanks dropped.
struct CTCDecoder: Sendable {
    /// Class 0 is the blank and has no character; class `n` is `characters[n - 1]`.
    let characters: [Character]

    /// How many runners-up are kept for each character.
    private static let alternatives = 6

    /// `values` holds `steps` rows of one probability per class. `span` is the number of steps, perhaps fractional,
    /// that the text itself covers; what follows is padding.
    func decode(_ values: UnsafeBufferPointer<Float>, steps: Int, span: Double) -> [Glyph] {
        guard steps > 0, values.count % steps == 0 else { return [] }
        let classes = values.count / steps
        var glyphs: [Glyph] = []
        var runClass = 0
        var (runStart, peak) = (0, (step: 0, value: Float(0)))
        func close(at end: Int) {
            guard runClass > 0, runClass <= characters.count else { return }
            let middle = (Double(runStart) + Double(end)) / 2
            let row = UnsafeBufferPointer(rebasing: values[(peak.step * classes)..<((peak.step + 1) * classes)])
            glyphs.append(
                Glyph(
                    character: characters[runClass - 1], probability: peak.value, position: min(1, middle / span),
                    alternatives: runnersUp(in: row, except: runClass)))
        }
        for step in 0..<steps {
            let row = UnsafeBufferPointer(rebasing: values[(step * classes)..<((step + 1) * classes)])
            let best = largest(in: row)
            let value = row[best]
            if best != runClass {
                close(at: step)
                (runClass, runStart, peak) = (best, step, (step, value))
            } else if value > peak.value {
                peak = (step, value)
            }
        }
        close(at: steps)
        return glyphs
    }

    /// Eight lanes at a time: this looks at some two million numbers for each line.
    private func largest(in row: UnsafeBufferPointer<Float>) -> Int {
        let lanes = 8
        var top = SIMD8<Float>(repeating: -.infinity)
        let whole = row.count / lanes * lanes
        let raw = UnsafeRawBufferPointer(row)
        for at in stride(from: 0, to: whole, by: lanes) {
            let chunk = raw.loadUnaligned(fromByteOffset: at * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
            top.replace(with: chunk, where: chunk .> top)
        }
        var best = top.max()
        for at in whole..<row.count { best = max(best, row[at]) }
        return row.firstIndex(of: best) ?? 0
    }

    private func runnersUp(in row: UnsafeBufferPointer<Float>, except best: Int) -> [Glyph.Alternative] {
        var found: [(index: Int, value: Float)] = []
        for index in 1..<max(1, row.count) where row[index] > 1e-4 && index != best && index <= characters.count {
            found.append((index, row[index]))
        }
        return found.sorted { $0.value > $1.value }.prefix(Self.alternatives).map {
            Glyph.Alternative(character: characters[$0.index - 1], probability: $0.value)
        }
    }
}
