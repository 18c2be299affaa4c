package import Hummingbird
package import Kernel
import Synchronization

/// Refuses a client that sends too much: a bucket of tokens per client that refills with time.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let capacity: Double
    private let perSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])
    private static let mostClients = 50_000

    /// - Parameters:
    ///   - burst: how many may come at once.
    ///   - perMinute: how many may come in the long run.
    package init(burst: Int, perMinute: Int) {
        capacity = Double(burst)
        perSecond = Double(perMinute) / 60
    }

    /// - Parameters:
    ///   - burst: how many may come at once.
    ///   - perHour: how many may come in the long run.
    package init(burst: Int, perHour: Int) {
        capacity = Double(burst)
        perSecond = Double(perHour) / 3_600
    }

    /// Takes a token for `client`; false if there is none left.
    package func admit(_ client: String, at now: Instant) -> Bool {
        buckets.withLock { buckets in
            if buckets.count >= Self.mostClients { forgetFull(&buckets, at: now) }
            var bucket = buckets[client] ?? Bucket(tokens: capacity, at: now)
            bucket.tokens = refilled(bucket, at: now)
            bucket.at = now
            let isAdmitted = bucket.tokens >= 1
            if isAdmitted { bucket.tokens -= 1 }
            buckets[client] = bucket
            return isAdmitted
        }
    }

    private func refilled(_ bucket: Bucket, at now: Instant) -> Double {
        let seconds = max(0, Double(now.since(bucket.at).milliseconds) / 1_000)
        return min(capacity, bucket.tokens + seconds * perSecond)
    }

    /// A full bucket says nothing that a new one would not.
    private func forgetFull(_ buckets: inout [String: Bucket], at now: Instant) {
        buckets = buckets.filter { refilled($0.value, at: now) < capacity }
        if buckets.count >= Self.mostClients { buckets.removeAll() }
    }
}

/// Limits how often one client may write.
package struct RateLimitMiddleware: RouterMiddleware {
    package typealias Context = WebContext

    private let limiter: RateLimiter
    private let clock: any WallClock

    package init(limiter: RateLimiter, clock: any WallClock) {
        self.limiter = limiter
        self.clock = clock
    }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        if request.method != .get, request.method != .head, !limiter.admit(context.web.client, at: clock.now) {
            throw Problem(.tooMany, code: "rate.limited", title: "操作太频繁", hint: "请稍等一分钟再试，已填写的内容不会丢失")
        }
        return try await next(request, context)
    }
}
