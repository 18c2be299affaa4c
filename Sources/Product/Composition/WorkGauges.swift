import Database
import Kernel
import Web
import Work

/// What monitoring and autoscaling look at: how far handlers are behind and how many jobs wait.
struct WorkGauges: Sendable {
    let database: any Database
    let clock: any WallClock

    func add(to meter: Meter) {
        meter.gauge("ruzhu_work_parked", help: "Streams that are stuck for a handler; -1 if nobody can say") {
            Double(await overview()?.parked ?? -1)
        }
        meter.gauge("ruzhu_work_lag_seconds", help: "Age of the oldest event that waits and is not stuck") {
            guard let work = await overview() else { return -1 }
            return age(([work.oldestUnsorted] + work.handlers.map(\.oldest)).compactMap { $0 }.min())
        }
        meter.gauges("ruzhu_work_handler_lag_seconds", label: "handler", help: "Age of the oldest event that waits") {
            await overview()?.handlers.map { ($0.handler, age($0.oldest)) } ?? []
        }
        meter.gauges("ruzhu_work_handler_due", label: "handler", help: "Streams in which events wait") {
            await overview()?.handlers.map { ($0.handler, Double($0.due)) } ?? []
        }
        meter.gauges("ruzhu_work_jobs_waiting", label: "kind", help: "Jobs that wait or run") {
            await overview()?.jobs.map { ($0.kind, Double($0.waiting + $0.running)) } ?? []
        }
        meter.gauges("ruzhu_work_jobs_failed", label: "kind", help: "Jobs that were given up") {
            await overview()?.jobs.map { ($0.kind, Double($0.failed)) } ?? []
        }
    }

    private func overview() async -> WorkOverview? {
        let now = clock.now
        return try? await database.read { tx in try WorkOverview.read(at: now, in: tx) }
    }

    private func age(_ moment: Instant?) -> Double {
        moment.map { Double(max(0, clock.now.since($0).milliseconds)) / 1_000 } ?? 0
    }
}
