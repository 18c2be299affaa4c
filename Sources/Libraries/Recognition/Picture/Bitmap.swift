/// Packed blue-green-red pixels, the order the models were trained on.
struct Bitmap: Sendable {
    let width: Int
    let height: Int
    /// `width * height * 3` bytes.
    private(set) var pixels: [UInt8]

    init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height * 3)
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Fills a new bitmap in place; `fill` must write all of its bytes.
    init(width: Int, height: Int, filledBy fill: (UnsafeMutableBufferPointer<UInt8>) throws -> Void) rethrows {
        self.width = width
        self.height = height
        self.pixels = try [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
            try fill(buffer)
            count = width * height * 3
        }
    }

    var size: (width: Double, height: Double) { (Double(width), Double(height)) }

    /// Half the size, each pixel the mean of four. Keeps sampling of large photographs free of aliasing.
    func halved() -> Bitmap {
        let (newWidth, newHeight, stride) = (max(1, width / 2), max(1, height / 2), width * 3)
        let (right, below) = (width > 1 ? 3 : 0, height > 1 ? stride : 0)
        return Bitmap(width: newWidth, height: newHeight) { target in
            pixels.withUnsafeBufferPointer { source in
                var out = 0
                for y in 0..<newHeight {
                    var at = y * 2 * stride
                    for _ in 0..<newWidth {
                        for channel in 0..<3 {
                            let upper = Int(source[at + channel]) + Int(source[at + right + channel])
                            let lower = Int(source[at + below + channel]) + Int(source[at + below + right + channel])
                            target[out + channel] = UInt8((upper + lower + 2) / 4)
                        }
                        out += 3
                        at += 6
                    }
                }
            }
        }
    }

    /// The picture after one of the eight turns and flips that cameras note down.
    func applying(_ turn: Turn) -> Bitmap {
        guard turn != .none else { return self }
        let newSize = turn.swapsSides ? (height, width) : (width, height)
        return Bitmap(width: newSize.0, height: newSize.1) { target in
            pixels.withUnsafeBufferPointer { source in
                var out = 0
                for y in 0..<newSize.1 {
                    for x in 0..<newSize.0 {
                        let from = turn.source(ofX: x, y: y, width: width, height: height)
                        let at = (from.y * width + from.x) * 3
                        target[out] = source[at]
                        target[out + 1] = source[at + 1]
                        target[out + 2] = source[at + 2]
                        out += 3
                    }
                }
            }
        }
    }
}
