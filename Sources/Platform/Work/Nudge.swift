/// A hint that there may be work. Many hints in a row count as one.
final class Nudge: Sendable {
    private let hints: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (hints, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func give() { continuation.yield() }

    /// Waits for a hint, but no longer than `longest`: a hint may be lost, the work may not.
    func wait(atMost longest: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [hints] in for await _ in hints { break } }
            group.addTask { try? await Task.sleep(for: longest) }
            await group.next()
            group.cancelAll()
        }
    }
}
