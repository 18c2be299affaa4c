import Database
import Kernel
import Sealing
import Testing

@testable import Composition

@Suite("Retention")
struct RetentionTests {
    @Test("Readings are kept for three years, and not longer")
    func readings() async throws {
        let house = try await House()
        let owner = KeyOwner(kind: "person", id: "somebody")
        let log = ReadingLog()
        let now = house.clock.now
        let kept = now - Retention.readingsLast
        // More than go at a time, so that one round takes several steps.
        try await house.product.database.write { tx in
            for number in 0..<1_500 {
                try log.note(
                    of: owner, by: "reviewer", what: "/old/\(number)", purpose: "review", at: kept - .seconds(60),
                    in: tx)
            }
            try log.note(of: owner, by: "reviewer", what: "/young", purpose: "review", at: kept, in: tx)
        }
        #expect(try await Retention(house.product).sweep() == 1_500)
        let left = try await house.product.database.read { tx in try log.readings(of: owner, in: tx) }
        #expect(left.map(\.what) == ["/young"])
        #expect(try await Retention(house.product).sweep() == 0)
    }
}
