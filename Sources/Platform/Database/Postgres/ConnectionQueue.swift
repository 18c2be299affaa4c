import Foundation

/// Hands requests to the threads that own the connections: first come, first served, with a bound on how many wait and
/// for how long. Threads are begun when they are needed.
///
/// Unchecked because the compiler does not see that all that changes is touched under `condition` alone.
final class ConnectionQueue: @unchecked Sendable {
    struct Request: Sendable {
        let deadline: ContinuousClock.Instant
        let perform: @Sendable (PostgresWorker) -> Void
        let fail: @Sendable (DatabaseUnavailable) -> Void
    }

    private let options: PostgresOptions
    /// Guards everything below.
    private let condition = NSCondition()
    private var waiting: [Request] = []
    /// Requests before this position were taken.
    private var head = 0
    private var threads = 0
    private var idle = 0
    private var isClosed = false
    private var isSweeping = false

    init(_ options: PostgresOptions) { self.options = options }

    /// Queues a request; one that can't be taken fails at once.
    func add(_ request: Request) {
        condition.lock()
        let refusal: DatabaseUnavailable? =
            isClosed ? .closed : waiting.count - head >= options.queueLength ? .busy : nil
        if let refusal {
            condition.unlock()
            return request.fail(refusal)
        }
        waiting.append(request)
        let mustBegin = waiting.count - head > idle && threads < options.connections
        let mustSweep = !isSweeping
        if mustBegin { threads += 1 }
        isSweeping = true
        if idle > 0 { condition.signal() }
        condition.unlock()
        if mustBegin { beginThread() }
        if mustSweep { sweepLater() }
    }

    /// Ends all threads once they have done what waits, and waits for that.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        while threads > 0 { condition.wait() }
        condition.unlock()
    }

    /// Ends all threads without waiting for it.
    func abandon() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    private func beginThread() {
        let thread = Thread { [self] in
            let worker = PostgresWorker(options)
            while let request = next() { request.perform(worker) }
            worker.disconnect()
            condition.lock()
            threads -= 1
            condition.broadcast()
            condition.unlock()
        }
        thread.name = "postgres"
        thread.start()
    }

    private func next() -> Request? {
        condition.lock()
        defer { condition.unlock() }
        while head == waiting.count {
            if isClosed { return nil }
            idle += 1
            condition.wait()
            idle -= 1
        }
        return take()
    }

    private func take() -> Request {
        let request = waiting[head]
        head += 1
        if head == waiting.count || head >= 512 {
            waiting.removeFirst(head)
            head = 0
        }
        return request
    }

    /// Lets go of those who wait in vain. All wait equally long, so they stand in front.
    private func sweepLater() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { [self] in
            let now = ContinuousClock.now
            condition.lock()
            var late: [Request] = []
            while head < waiting.count, waiting[head].deadline <= now { late.append(take()) }
            isSweeping = head < waiting.count
            let goesOn = isSweeping
            condition.unlock()
            for request in late { request.fail(.busy) }
            if goesOn { sweepLater() }
        }
    }
}
