import Database
import Kernel
import Web
import Work

/// What monitoring and autoscaling look at: how far handlers are behind and how many jobs wait.
struct WorkGauges: Sendable {
    let database: any Database
    let clock: any WallClock

    func add(to meter: Meter) { meter.gauges(read: read) }

    /// All of them from one look at the database.
    @Sendable private func read() async -> [Meter.Gauge] {
        let now = clock.now
        let work = try? await offLoops { try await database.read { tx in try WorkOverview.read(at: now, in: tx) } }
        func age(_ moment: Instant?) -> Double {
            moment.map { Double(max(0, now.since($0).milliseconds)) / 1_000 } ?? 0
        }
        let (handlers, jobs) = (work?.handlers ?? [], work?.jobs ?? [])
        return [
            .init(
                "ruzhu_work_parked", help: "Streams that are stuck for a handler; -1 if nobody can say",
                Double(work?.parked ?? -1)),
            .init(
                "ruzhu_work_lag_seconds",
                help: "Age of the oldest event that waits and is not stuck; -1 if nobody can say",
                work.map { work in
                    age(([work.oldestUnsorted] + work.handlers.map(\.oldest)).compactMap { $0 }.min())
                } ?? -1),
            .init(
                "ruzhu_work_handler_lag_seconds", help: "Age of the oldest event that waits", label: "handler",
                handlers.map { ($0.handler, age($0.oldest)) }),
            .init(
                "ruzhu_work_handler_due", help: "Streams in which events wait", label: "handler",
                handlers.map { ($0.handler, Double($0.due)) }),
            .init(
                "ruzhu_jobs_waiting", help: "Jobs of all kinds that wait or run; -1 if nobody can say",
                work.map { Double($0.jobs.map { $0.waiting + $0.running }.reduce(0, +)) } ?? -1),
            .init(
                "ruzhu_work_jobs_waiting", help: "Jobs that wait or run", label: "kind",
                jobs.map { ($0.kind, Double($0.waiting + $0.running)) }),
            .init(
                "ruzhu_work_jobs_failed", help: "Jobs that were given up", label: "kind",
                jobs.map { ($0.kind, Double($0.failed)) }),
        ]
    }
}
