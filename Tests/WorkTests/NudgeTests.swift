import Testing

@testable import Work

@Suite("Waiting for a hint")
struct NudgeTests {
    @Test("A wait that nobody ends lasts its whole time, again and again")
    func rests() async {
        let nudge = Nudge()
        for _ in 0..<3 {
            let waited = await ContinuousClock().measure { await nudge.wait(atMost: .milliseconds(60)) }
            #expect(waited >= .milliseconds(55))
        }
    }

    @Test("A hint ends the wait; one that came before it counts too")
    func hints() async {
        let nudge = Nudge()
        nudge.give()
        nudge.give()
        let first = await ContinuousClock().measure { await nudge.wait(atMost: .seconds(20)) }
        #expect(first < .seconds(10))
        async let second = ContinuousClock().measure { await nudge.wait(atMost: .seconds(20)) }
        for _ in 0..<50 {
            nudge.give()
            await Task.yield()
        }
        #expect(await second < .seconds(10))
    }
}
