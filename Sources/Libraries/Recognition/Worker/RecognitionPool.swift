package import Foundation

/// Reads pictures in worker processes: keeps them warm, restarts them when they die, and never lets more pictures wait
/// than it can serve. `run()` must be running for pictures to be read.
package actor RecognitionPool {
    /// How a pool starts its workers and how long it is patient with them.
    package struct Configuration: Sendable {
        package var executable: String
        package var arguments: [String]
        /// All that a worker finds in its environment: the parent's secrets are none of its business.
        package var environment = ["PATH": "/usr/bin:/bin"]
        package var workers = 1
        /// Pictures that may wait besides those being read.
        package var queueLimit = 32
        package var pictureTimeout: Duration = .seconds(30)
        /// Loading and warming up, on a busy machine.
        package var startTimeout: Duration = .seconds(120)
        package var firstBackOff: Duration = .milliseconds(500)
        package var longestBackOff: Duration = .seconds(30)

        package init(executable: String, arguments: [String]) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    /// Whether pictures can be read now.
    package enum State: Sendable, Equatable {
        case starting
        case ready
        /// With the reason in plain words for the operator.
        case unavailable(String)
    }

    package private(set) var state = State.starting
    /// How often a worker that had been ready was replaced.
    package private(set) var restarts = 0

    /// Pictures that wait for a worker.
    package var waiting: Int { queue.count }

    private let configuration: Configuration
    private var queue: [Job] = []
    private var slots: [Slot]
    private var isStopped = false
    private var nextJob = 0

    private struct Job {
        let id: Int
        let picture: Data
        let answer: CheckedContinuation<Result<Reading, RecognitionError>, Never>
        var attempts = 0
    }

    private struct Slot {
        var worker: WorkerProcess?
        var isReady = false
        var job: Job?
        /// Ends a worker that starts or reads for too long.
        var deadline: Task<Void, Never>?
        var failure: RecognitionError?
    }

    package init(configuration: Configuration) {
        self.configuration = configuration
        slots = [Slot](repeating: Slot(), count: max(1, configuration.workers))
    }

    /// Reads one picture. Fails at once when the queue is full or recognition is unavailable.
    package func read(_ picture: Data) async throws(RecognitionError) -> Reading {
        if isStopped { throw .stopped }
        if case .unavailable(let reason) = state { throw .unavailable(reason) }
        guard queue.count < configuration.queueLimit else { throw .queueFull }
        nextJob += 1
        let id = nextJob
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                queue.append(Job(id: id, picture: picture, answer: answer))
                dispatch()
            }
        } onCancel: {
            // The handler is synchronous; the actor learns of it as soon as it is free.
            Task { await self.abandon(id) }
        }
        return try outcome.get()
    }

    /// Keeps the workers running until `stop()` or cancellation, then returns when they have ended.
    package func run() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for slot in slots.indices {
                    group.addTask { await self.keepRunning(slot) }
                }
            }
        } onCancel: {
            // As above: cancellation is told synchronously, the actor acts when it is free.
            Task { await self.halt() }
        }
    }

    /// Refuses new pictures and those that wait, lets the ones being read finish, and ends the workers.
    package func stop() {
        isStopped = true
        for job in queue { job.answer.resume(returning: .failure(.stopped)) }
        queue = []
        for slot in slots.indices where slots[slot].job == nil { slots[slot].worker?.close() }
        // A worker that is still loading listens only once it is loaded; nothing is lost with it.
        for slot in slots.indices where !slots[slot].isReady { slots[slot].worker?.kill() }
        for waiting in backOffs.values { waiting.cancel() }
    }

    private func halt() {
        stop()
        for slot in slots.indices { slots[slot].worker?.kill() }
    }

    // MARK: - One worker after another

    private var backOffs: [Int: Task<Void, Never>] = [:]

    private func keepRunning(_ slot: Int) async {
        var pause = configuration.firstBackOff
        while !isStopped {
            let wasReady = await runWorker(slot)
            if isStopped { return }
            if wasReady {
                restarts += 1
                pause = configuration.firstBackOff
            }
            // A task, because the wait must end early when the pool stops.
            let waiting = Task { [pause] in _ = try? await Task.sleep(for: pause) }
            backOffs[slot] = waiting
            await waiting.value
            backOffs[slot] = nil
            pause = min(pause * 2, configuration.longestBackOff)
        }
    }

    /// Runs one worker to its end; tells whether it was ever ready.
    private func runWorker(_ slot: Int) async -> Bool {
        let worker: WorkerProcess
        do throws(RecognitionError) {
            worker = try WorkerProcess(
                executable: configuration.executable, arguments: configuration.arguments,
                environment: configuration.environment)
        } catch {
            fail(slot, because: error.plainWords)
            return false
        }
        slots[slot].worker = worker
        setDeadline(
            slot, after: configuration.startTimeout, as: .unavailable("the recognition worker does not get ready"))
        var wasReady = false
        for await frame in worker.messages {
            receive(frame, slot: slot)
            wasReady = wasReady || slots[slot].isReady
        }
        ended(slot)
        return wasReady
    }

    private func receive(_ frame: Frame, slot: Int) {
        guard let message = try? JSONDecoder().decode(WorkerMessage.self, from: frame.header) else {
            slots[slot].worker?.kill()
            return
        }
        switch message {
        case .ready:
            slots[slot].deadline?.cancel()
            slots[slot].isReady = true
            state = .ready
            if isStopped { slots[slot].worker?.close() }
            dispatch()
        case .unavailable(let reason):
            slots[slot].failure = .unavailable(reason)
            slots[slot].worker?.close()
        case .read(let wire):
            finish(slot, wire.unpack(frame.body).map(Result.success) ?? .failure(.failed("a reading was garbled")))
        case .refused(let refusal):
            finish(slot, .failure(refusal.error))
        }
    }

    /// The worker is gone. Its picture, if any, is tried once more in a fresh one.
    private func ended(_ slot: Int) {
        let old = slots[slot]
        old.deadline?.cancel()
        slots[slot] = Slot()
        if var job = old.job {
            job.attempts += 1
            if let failure = old.failure {
                job.answer.resume(returning: .failure(failure))
            } else if isStopped {
                job.answer.resume(returning: .failure(.stopped))
            } else if job.attempts >= 2 {
                job.answer.resume(returning: .failure(.workerDied))
            } else {
                queue.insert(job, at: 0)
                dispatch()
            }
        }
        if !old.isReady, !isStopped {
            if case .unavailable(let reason) = old.failure {
                fail(slot, because: reason)
            } else {
                fail(slot, because: "the recognition worker ended before it was ready")
            }
        } else if !slots.contains(where: \.isReady) {
            state = .starting
        }
    }

    /// Unless another worker is at hand, nobody will read what waits.
    private func fail(_ slot: Int, because reason: String) {
        guard !slots.contains(where: \.isReady) else { return }
        state = .unavailable(reason)
        for job in queue { job.answer.resume(returning: .failure(.unavailable(reason))) }
        queue = []
    }

    // MARK: - One picture after another

    private func dispatch() {
        for slot in slots.indices where slots[slot].isReady && slots[slot].job == nil {
            guard !queue.isEmpty else { return }
            let job = queue.removeFirst()
            slots[slot].job = job
            setDeadline(slot, after: configuration.pictureTimeout, as: .timedOut)
            slots[slot].worker?.send(Frame(header: Data(), body: job.picture))
        }
    }

    private func finish(_ slot: Int, _ outcome: Result<Reading, RecognitionError>) {
        slots[slot].deadline?.cancel()
        guard let job = slots[slot].job else { return }
        slots[slot].job = nil
        job.answer.resume(returning: outcome)
        if isStopped { slots[slot].worker?.close() } else { dispatch() }
    }

    private func setDeadline(_ slot: Int, after limit: Duration, as failure: RecognitionError) {
        let job = slots[slot].job?.id
        // A task of its own: the deadline passes while the slot waits for its worker.
        slots[slot].deadline = Task {
            do { try await Task.sleep(for: limit) } catch { return }
            expire(slot, job: job, as: failure)
        }
    }

    private func expire(_ slot: Int, job: Int?, as failure: RecognitionError) {
        // The picture may have been finished in the same moment.
        guard slots[slot].job?.id == job, job != nil || !slots[slot].isReady else { return }
        slots[slot].failure = failure
        slots[slot].worker?.kill()
    }

    private func abandon(_ id: Int) {
        if let index = queue.firstIndex(where: { $0.id == id }) {
            queue.remove(at: index).answer.resume(returning: .failure(.cancelled))
        }
        // One that is being read is left to finish: killing a warm worker would cost the next person more.
    }
}
