import Foundation
import Testing

@testable import Recognition

@Suite("The pool of recognition workers", .timeLimit(.minutes(2)))
struct RecognitionPoolTests {
    @Test("A picture is read by the worker")
    func reads() async throws {
        try await FakeWorker("answer").serve { pool in
            let reading = try await pool.read(FakeWorker.picture)
            #expect(reading.fields["名称"]?.value == "某某有限公司")
            #expect(await pool.state == .ready)
            #expect(await pool.restarts == 0)
        }
    }

    @Test("A picture whose worker is killed in the middle is read by a fresh one")
    func retries() async throws {
        try await FakeWorker("[ -e $1/died ] || { touch $1/died; kill -9 $$; }; answer").serve { pool in
            let reading = try await pool.read(FakeWorker.picture)
            #expect(reading.kind == .licence)
            #expect(await pool.restarts == 1)
        }
    }

    @Test("A picture that kills two workers is given up, and the next one is read")
    func givesUp() async throws {
        let worker = try FakeWorker("[ -e $1/harmless ] || kill -9 $$; answer")
        try await worker.serve { pool in
            await #expect(throws: RecognitionError.workerDied) { try await pool.read(FakeWorker.picture) }
            try worker.touch("harmless")
            let reading = try await pool.read(FakeWorker.picture)
            #expect(reading.kind == .licence)
        }
    }

    @Test("A worker killed while idle is replaced")
    func replaces() async throws {
        let worker = try FakeWorker("answer")
        try await worker.serve { pool in
            _ = try await pool.read(FakeWorker.picture)
            kill(try worker.identifier(), SIGKILL)
            let reading = try await pool.read(FakeWorker.picture)
            #expect(reading.kind == .licence)
        }
    }

    @Test("A picture that takes too long is ended with its worker")
    func timesOut() async throws {
        let worker = try FakeWorker("[ -e $1/quick ] || exec sleep 60; answer")
        try await worker.serve(timeout: .milliseconds(200)) { pool in
            await #expect(throws: RecognitionError.timedOut) { try await pool.read(FakeWorker.picture) }
            try worker.touch("quick")
        }
    }

    @Test("More pictures than the queue holds are refused at once, and those who leave make room")
    func queueFull() async throws {
        let worker = try FakeWorker("touch $1/busy; while [ ! -e $1/go ]; do sleep 0.02; done; answer")
        try await worker.serve(queueLimit: 1) { pool in
            async let atHand = pool.read(FakeWorker.picture)
            while !worker.exists("busy") { await Task.yield() }
            let waiting = Task { try await pool.read(FakeWorker.picture) }
            while await pool.waiting == 0 { await Task.yield() }
            await #expect(throws: RecognitionError.queueFull) { try await pool.read(FakeWorker.picture) }
            waiting.cancel()
            await #expect(throws: RecognitionError.cancelled) { try await waiting.value }
            async let next = pool.read(FakeWorker.picture)
            try worker.touch("go")
            _ = try await (atHand, next)
        }
    }

    @Test("A worker that cannot work says why, and pictures fail at once with that reason")
    func unavailable() async throws {
        let worker = try FakeWorker("answer", greeting: .unavailable("no models here"))
        try await worker.serve { pool in
            while await pool.state == .starting { await Task.yield() }
            #expect(await pool.state == .unavailable("no models here"))
            await #expect(throws: RecognitionError.unavailable("no models here")) {
                try await pool.read(FakeWorker.picture)
            }
        }
    }

    @Test("A missing executable makes recognition unavailable, not the product")
    func missingExecutable() async throws {
        var configuration = RecognitionPool.Configuration(executable: "/nonexistent/ruzhu", arguments: [])
        configuration.firstBackOff = .milliseconds(5)
        let pool = RecognitionPool(configuration: configuration)
        async let running: Void = pool.run()
        await #expect(throws: RecognitionError.self) { try await pool.read(FakeWorker.picture) }
        await pool.stop()
        await running
    }

    @Test("Stopping refuses what waits and lets the picture at hand finish")
    func stops() async throws {
        let worker = try FakeWorker("touch $1/busy; while [ ! -e $1/go ]; do sleep 0.02; done; answer")
        try await worker.serve { pool in
            async let atHand = pool.read(FakeWorker.picture)
            while !worker.exists("busy") { await Task.yield() }
            await pool.stop()
            await #expect(throws: RecognitionError.stopped) { try await pool.read(FakeWorker.picture) }
            try worker.touch("go")
            let reading = try await atHand
            #expect(reading.kind == .licence)
        }
    }

    @Test("A refusal of one picture keeps its type")
    func refuses() async throws {
        let worker = try FakeWorker("answer", reply: .refused(.tooLarge(width: 20_000, height: 20_000)))
        try await worker.serve { pool in
            await #expect(throws: RecognitionError.tooLarge(width: 20_000, height: 20_000)) {
                try await pool.read(FakeWorker.picture)
            }
        }
    }
}

/// A worker in shell: speaks the protocol from prepared frames and misbehaves on demand.
private struct FakeWorker {
    static let picture = Data([7])

    private let folder: URL

    /// `act` is what happens for each picture; `answer` in it sends the reply, `$1` is the folder.
    init(_ act: String, greeting: WorkerMessage = .ready, reply: WorkerMessage? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fake-worker-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (wire, crops) = WireReading.pack(.example)
        try frame(greeting, Data()).write(to: folder.appending(path: "greeting"))
        try frame(reply ?? .read(wire), reply == nil ? crops : Data()).write(to: folder.appending(path: "reply"))
        let requestLength = Frame(header: Data(), body: Self.picture).encoded.count
        let script = """
            answer() { cat "$folder/reply"; }
            folder=$1
            echo $$ > "$folder/identifier"
            cat "$folder/greeting"
            while [ "$(head -c \(requestLength) | wc -c)" -eq \(requestLength) ]; do
            \(act)
            done
            """
        try Data(script.utf8).write(to: folder.appending(path: "worker.sh"))
    }

    private func frame(_ message: WorkerMessage, _ body: Data) throws -> Data {
        Frame(header: try JSONEncoder().encode(message), body: body).encoded
    }

    func touch(_ name: String) throws { try Data().write(to: folder.appending(path: name)) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: name).path) }

    func identifier() throws -> pid_t {
        let text = try String(contentsOf: folder.appending(path: "identifier"), encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Runs a pool on this worker for as long as `body` takes.
    func serve(
        queueLimit: Int = 8, timeout: Duration = .seconds(60),
        _ body: (RecognitionPool) async throws -> Void
    ) async throws {
        var configuration = RecognitionPool.Configuration(
            executable: "/bin/sh", arguments: [folder.appending(path: "worker.sh").path, folder.path])
        configuration.firstBackOff = .milliseconds(10)
        configuration.queueLimit = queueLimit
        configuration.pictureTimeout = timeout
        let pool = RecognitionPool(configuration: configuration)
        async let running: Void = pool.run()
        var failure: (any Error)?
        do { try await body(pool) } catch { failure = error }
        await pool.stop()
        await running
        try FileManager.default.removeItem(at: folder)
        if let failure { throw failure }
    }
}
