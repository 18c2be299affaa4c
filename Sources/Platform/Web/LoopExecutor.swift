import Dispatch
import Hummingbird
import NIOCore
import NIOPosix

/// Runs tasks on the event loops of the connections that they serve: a request is read, answered and written on one
/// thread. Passing it to another and back costs more than most answers do.
///
/// What takes long holds up the other connections of its loop; such work belongs into a job, or into `offLoops`.
package final class LoopExecutor: TaskExecutor {
    private let group: MultiThreadedEventLoopGroup

    /// On the loops that the server uses.
    package init() { group = .singleton }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        // Work that comes from a loop stays on it; the rest is dealt out in turn.
        let loop = MultiThreadedEventLoopGroup.currentEventLoop ?? group.next()
        loop.execute { job.runSynchronously(on: executor) }
    }
}

/// Does what takes long on threads beside the event loops and beside Swift's pool, such as a read of many rows: SQLite
/// reads on the thread that asks.
package func offLoops<Value: Sendable>(_ act: @escaping @Sendable () async throws -> Value) async throws -> Value {
    // A task of its own, because one that has begun may stay on its loop until it next waits.
    let task = Task(executorPreference: QueueExecutor.shared) { try await act() }
    return try await withTaskCancellationHandler {
        try await task.value
    } onCancel: {
        task.cancel()
    }
}

/// Runs tasks on a queue of its own.
private final class QueueExecutor: TaskExecutor {
    static let shared = QueueExecutor()

    private let queue = DispatchQueue(label: "off-loops", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
