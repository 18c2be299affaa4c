/// Chance that can be had again: SplitMix64 (Steele, Lea, Flood 2014) from a seed that is printed.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Chance of its own for one thing, so that thing 7 is the same whether or not things 1 to 6 were made.
    init(seed: UInt64, thing: Int) {
        var mixer = Chance(seed: seed ^ UInt64(thing) &* 0x9E37_79B9_7F4A_7C15)
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number of a range, quickly; the bias of taking a remainder does not matter here.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func one<Element>(of choices: [Element]) -> Element { choices[number(0...(choices.count - 1))] }

    mutating func digits(_ count: Int) -> String {
        String(decoding: (0..<count).map { _ in UInt8(ascii: "0") + UInt8(number(0...9)) }, as: UTF8.self)
    }
}
