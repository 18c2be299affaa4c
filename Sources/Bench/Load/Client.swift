import CEpoll
import Foundation

/// Sends requests over kept connections, each the next as soon as it was answered. One thread.
final class Client {
    private let plan: Plan
    private let ledger: Ledger?
    private let host: UInt32
    private let port: UInt16
    private var connections: [Connection] = []
    private let poller = epoll_create1(0)
    /// By the route's place.
    private var counted = Route.allCases.map { _ in Tally() }
    /// Connections that the server closed, with the requests that were under way.
    private(set) var broken = 0
    private(set) var lost = 0
    /// Answers 503 by their code.
    private(set) var refusals: [String: Int] = [:]
    /// Acknowledged writes that were sent again and got the same answer.
    private(set) var repeated = 0
    /// Writes whose answer was lost with their connection, or was 503: they are sent again under the same key.
    private var unanswered: [Planned] = []
    /// The last acknowledged writes, each with its answer.
    private var acknowledged: [Planned] = []
    private static let acknowledgedKept = 64
    private var isCounting = false
    /// How many seconds a server may be gone before the load gives up.
    private let patience: Double
    private let stop = StopSignal()

    init(_ plan: Plan, host: UInt32, port: UInt16, connections count: Int, patience: Double, ledger: Ledger?) throws {
        self.plan = plan
        self.patience = patience
        self.ledger = ledger
        self.host = host
        self.port = port
        for place in 0..<count { connections.append(try connect(as: place)) }
    }

    deinit { close(poller) }

    /// What came back on the routes that were asked.
    var tallies: [Route: Tally] {
        Dictionary(uniqueKeysWithValues: zip(Route.allCases, counted)).filter {
            $0.value.count + $0.value.faultCount > 0
        }
    }

    /// Asks for some time, or until so many requests were sent, or until something has run out; then waits for what is
    /// under way.
    /// - Returns: the seconds that it took.
    func run(seconds: Double, atMost limit: Int = .max, counting: Bool) throws -> Double {
        if counting { counted = Route.allCases.map { _ in Tally() } }
        isCounting = counting
        let start = monotonic()
        let end = start + UInt64(seconds * 1e9)
        var left = limit
        var underWay = 0
        var events = [epoll_event](repeating: epoll_event(), count: connections.count)
        for place in connections.indices where left > 0 {
            guard try begin(at: place) else { break }
            underWay += 1
            left -= 1
        }
        var idle = 0
        while underWay > 0 {
            let count = Int(epoll_wait(poller, &events, Int32(events.count), 1_000))
            idle = count > 0 ? 0 : idle + 1
            if idle > max(30, Int(patience)) { throw Complaint(description: "服务器 \(idle) 秒没有回答") }
            let isOver = monotonic() >= end || plan.exhausted != nil || stop.isAsked
            for event in events.prefix(max(0, count)) {
                let place = Int(event.data.u32)
                guard take(at: place) else { continue }
                underWay -= 1
                if !isOver, left > 0, try begin(at: place) {
                    underWay += 1
                    left -= 1
                }
            }
        }
        return Double(monotonic() - start) / 1e9
    }

    /// Sends the next request on a free connection, on a new one if that is gone.
    /// - Returns: whether there was one to send.
    private func begin(at place: Int) throws -> Bool {
        guard let request = unanswered.popLast() ?? plan.next() else { return false }
        while true {
            if connections[place].isBroken { connections[place] = try connect(as: place) }
            do {
                try connections[place].send(request, at: monotonic())
                return true
            } catch {
                broken += 1
                connections[place].isBroken = true
            }
        }
    }

    /// Takes in what a connection has.
    /// - Returns: whether it is free again; it may be broken.
    private func take(at place: Int) -> Bool {
        let connection = connections[place]
        // The server closed a connection that nothing was asked on.
        if connection.request == nil {
            if !connection.isBroken { broken += 1 }
            connection.isBroken = true
            epoll_ctl(poller, EPOLL_CTL_DEL, connection.descriptor, nil)
            return false
        }
        do {
            try connection.receive { answer, body in
                guard let request = connection.request else { return }
                judge(answer, body, of: request, after: monotonic() - connection.sentAt)
            }
            return connection.request == nil
        } catch {
            broken += 1
            connection.isBroken = true
            if let request = connection.request {
                lost += 1
                if patience > 0, !request.key.isEmpty { unanswered.append(request) }
                if patience > 0, let again = acknowledged.popLast() { unanswered.append(again) }
            }
            return true
        }
    }

    private func judge(
        _ answer: Answer, _ body: UnsafeRawBufferPointer, of request: Planned, after nanoseconds: UInt64
    ) {
        let isExpected = body.place(of: request.expected) != nil
        if let first = request.firstAnswer, answer.status != 503 {
            if body.elementsEqual(first) {
                repeated += 1
                return
            }
            return counted[request.route.place].note(
                fault: "重发的回答不同", String(decoding: first + body.prefix(300), as: UTF8.self))
        }
        if patience > 0, answer.status == 503, let code = Self.code(in: body) {
            refusals[code, default: 0] += 1
            if !request.key.isEmpty { unanswered.append(request) }
            // A server that refuses at once would otherwise be asked thousands of times a second.
            usleep(5_000)
        } else if answer.status == request.route.goodStatus, isExpected {
            if request.route.isWrite { ledger?.note(request, version: Self.version(in: body)) }
            if patience > 0, !request.key.isEmpty { remember(request, body) }
            if isCounting { counted[request.route.place].note(nanoseconds: nanoseconds) }
        } else {
            let fault = answer.status == request.route.goodStatus ? "没有期望的内容" : String(answer.status)
            counted[request.route.place].note(
                fault: fault, String(decoding: body.prefix(300), as: UTF8.self))
        }
    }

    private func remember(_ request: Planned, _ body: UnsafeRawBufferPointer) {
        if acknowledged.count >= Self.acknowledgedKept { acknowledged.removeFirst() }
        var again = request
        again.firstAnswer = Array(body)
        acknowledged.append(again)
    }

    private static let codeKey = Array("\"code\":\"".utf8)

    /// The code of a problem document, if the body is one that tells people something in Chinese.
    private static func code(in body: UnsafeRawBufferPointer) -> String? {
        guard let found = body.place(of: codeKey), body.contains(where: { $0 >= 0xE4 }) else { return nil }
        return String(decoding: body[(found + codeKey.count)...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    private static let versionKey = Array("\"version\":".utf8)

    /// The number behind `"version":`, or 0.
    private static func version(in body: UnsafeRawBufferPointer) -> Int {
        guard let found = body.place(of: versionKey) else { return 0 }
        var number = 0
        var place = found + versionKey.count
        while place < body.count, (48...57).contains(body[place]) {
            number = number * 10 + Int(body[place]) - 48
            place += 1
        }
        return number
    }

    private func connect(as place: Int) throws -> Connection {
        let end = monotonic() + UInt64(patience * 1e9)
        var opened: Connection?
        repeat {
            do {
                opened = try Connection(host: host, port: port)
            } catch {
                guard monotonic() < end else { throw Complaint(description: "连不上服务器") }
                usleep(50_000)
            }
        } while opened == nil
        guard let opened else { throw Complaint(description: "连不上服务器") }
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u32: UInt32(place)))
        guard epoll_ctl(poller, EPOLL_CTL_ADD, opened.descriptor, &event) == 0 else {
            throw Connection.Broken(code: errno)
        }
        return opened
    }
}
