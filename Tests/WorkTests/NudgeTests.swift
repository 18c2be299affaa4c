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

    @Test("A hint ends the wait; one that came before it counts too", .timeLimit(.minutes(2)))
    func hints() async {
        let nudge = Nudge()
        nudge.give()
        nudge.give()
        await nudge.wait(atMost: .seconds(3_600))
        async let second: Void = nudge.wait(atMost: .seconds(3_600))
        // Given again and again, because nothing tells when the wait has begun.
        let giver = Task {
            while !Task.isCancelled {
                nudge.give()
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        await second
        giver.cancel()
    }
}
