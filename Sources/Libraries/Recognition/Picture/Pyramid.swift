/// A picture and its halvings, so that every sampling reads from pixels of about the right size.
struct Pyramid: Sendable {
    private let levels: [Bitmap]

    /// The picture at full size.
    let base: Bitmap

    init(_ base: Bitmap) {
        self.base = base
        var levels = [base]
        while let last = levels.last, min(last.width, last.height) >= 128, levels.count < 5 {
            levels.append(last.halved())
        }
        self.levels = levels
    }

    /// The level to read from when full-size pixels are shrunk by `scale`, and how much it is already shrunk.
    func level(for scale: Double) -> (bitmap: Bitmap, shrink: Double) {
        var (index, shrink) = (0, 1.0)
        while index + 1 < levels.count, scale * shrink <= 0.6 {
            index += 1
            shrink *= 2
        }
        return (levels[index], shrink)
    }
}
