/// Punycode (RFC 3492).
enum Punycode {
    private static let base = 36

    /// The characters of an encoded label in lower case; nil when it is faulty.
    static func decode(_ encoded: [UInt8]) -> [Unicode.Scalar]? {
        guard encoded.count <= 63 else { return nil }
        let dash = encoded.lastIndex(of: 0x2D)
        var output = (dash.map { encoded[..<$0] } ?? []).map { Unicode.Scalar($0) }
        var at = dash.map { $0 + 1 } ?? 0
        var (code, place, bias) = (128, 0, 72)
        while at < encoded.count {
            let start = place
            var weight = 1
            var step = base
            while true {
                guard at < encoded.count, let digit = digit(encoded[at]) else { return nil }
                at += 1
                let (product, isTooLarge) = digit.multipliedReportingOverflow(by: weight)
                guard !isTooLarge, product <= Int(Int32.max) - place else { return nil }
                place += product
                let threshold = threshold(step, bias)
                if digit < threshold { break }
                weight *= base - threshold
                guard weight < Int(Int32.max) else { return nil }
                step += base
            }
            bias = adapt(place - start, output.count + 1, isFirst: start == 0)
            code += place / (output.count + 1)
            place %= output.count + 1
            guard code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
            output.insert(scalar, at: place)
            place += 1
        }
        return output
    }

    /// The encoded form without `xn--`; nil when the label is far too long.
    static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
        guard label.count <= 63 else { return nil }
        var output = label.filter(\.isASCII).map { UInt8($0.value) }
        let basic = output.count
        var done = basic
        if basic > 0 { output.append(0x2D) }
        var (code, delta, bias) = (128, 0, 72)
        while done < label.count {
            guard let next = label.map({ Int($0.value) }).filter({ $0 >= code }).min() else { return nil }
            delta += (next - code) * (done + 1)
            code = next
            for scalar in label {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                var rest = delta
                var step = base
                while true {
                    let threshold = threshold(step, bias)
                    if rest < threshold { break }
                    output.append(character(threshold + (rest - threshold) % (base - threshold)))
                    rest = (rest - threshold) / (base - threshold)
                    step += base
                }
                output.append(character(rest))
                bias = adapt(delta, done + 1, isFirst: done == basic)
                delta = 0
                done += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    private static func threshold(_ step: Int, _ bias: Int) -> Int { min(max(step - bias, 1), 26) }

    private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > 455 {
            delta /= 35
            steps += base
        }
        return steps + 36 * delta / (delta + 38)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x61...0x7A: Int(byte - 0x61)
        case 0x30...0x39: Int(byte - 0x30) + 26
        default: nil
        }
    }

    private static func character(_ digit: Int) -> UInt8 { UInt8(digit < 26 ? digit + 0x61 : digit - 26 + 0x30) }
}
