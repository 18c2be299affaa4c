import Kernel

/// How often a message is tried, and with what pauses: three times as long each time, from 5 seconds up to 12 hours, and
/// up to a fifth more by chance, so that what failed together does not come back together.
///
/// Fifteen tries; between the first and the last lie 73 h 40 min at least and 88 h 24 min at most.
enum WebhookRetries {
    static let most = 15
    private static let first = Duration.seconds(5)
    private static let longest = Duration.seconds(12 * 3_600)

    /// After how long without a single success an endpoint is switched off, once a message has used up its tries.
    static let patience = Duration.seconds(5 * 86_400)

    /// The pause after a failed try, counted from 1; nil after the last.
    ///
    /// - Parameter chance: from 0 to 1.
    static func pause(after number: Int, chance: Double) -> Duration? {
        guard (1..<most).contains(number) else { return nil }
        var pause = first
        for _ in 1..<number { pause = min(longest, .milliseconds(pause.milliseconds * 3)) }
        let more = Double(pause.milliseconds) * 0.2 * min(max(chance, 0), 1)
        return .milliseconds(pause.milliseconds + Int64(more))
    }
}
