import Testing

@testable import CanonicalJSON

@Suite("Random JSON")
struct RandomJSONTests {
    @Test("What is written reads back as the same value and the same bytes")
    func roundTrip() throws {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let value = randomValue(&random, depth: 5)
            let bytes = value.canonicalBytes
            let read = try JSONValue(parsing: bytes)
            #expect(read == value, "seed \(seed)")
            #expect(read.hashValue == value.hashValue, "seed \(seed)")
            #expect(read.canonicalBytes == bytes, "seed \(seed)")
        }
    }

    @Test("A damaged text is refused or read, never a crash")
    func damage() {
        let seed = SeededGenerator.printedSeed()
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<3_000 {
            var bytes = randomValue(&random, depth: 3).canonicalBytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0x5C
            }
            do throws(JSONFault) {
                let value = try JSONValue(parsing: bytes)
                #expect((try? JSONValue(parsing: value.canonicalBytes)) == value, "seed \(seed)")
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
            }
        }
        #expect(refused > 0)
    }

    private func randomValue(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2:
            // Whole numbers beyond 2^53 are rounded on purpose, so they can't survive.
            return .number(JSONNumber(.random(in: -(1 << 53)...(1 << 53), using: &random)))
        case 3: return JSONNumber(Double(bitPattern: random.next())).map(JSONValue.number) ?? .null
        case 4: return .string(randomText(&random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(&random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[randomText(&random)] = randomValue(&random, depth: depth - 1)
            }
            return .object(object)
        }
    }

    private func randomText(_ random: inout SeededGenerator) -> String {
        let ceilings: [UInt32] = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let ceiling = ceilings[Int.random(in: 0..<4, using: &random)]
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...ceiling, using: &random)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
