import Hummingbird
import NIOCore
import NIOPosix

/// Runs tasks on the event loops of the connections that they serve: a request is read, answered and written on one
/// thread. Passing it to another and back costs more than most answers do.
///
/// What computes for long holds up the other connections of its loop; such work belongs into a job, or under
/// `globalConcurrentExecutor`.
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
