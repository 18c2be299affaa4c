import CanonicalJSON
import Foundation
import Kernel

/// A request that is ready to be sent, and what its answer has to hold.
struct Planned {
    let route: Route
    var bytes: [UInt8]
    /// What stands in the body of a right answer.
    let expected: [UInt8]
    /// What the ledger says when it was acknowledged: the application or case, and the idempotency key.
    let subject: String
    let key: String
    /// The body of the answer that this write had before: now it is repeated, and must get the same.
    var firstAnswer: [UInt8]?
}

/// Which requests are sent, in an order that hangs on the seed alone. Everything that takes long is made before.
final class Plan {
    private var chance: Chance
    private var routes: [Route]
    private let goesOn: Bool
    private let host: String
    private let run: String
    private var everybody: [Person] = []
    private var halves: [Person] = []
    private var ready: [(person: Person, body: [UInt8])] = []
    private var open: [(id: String, verdict: [UInt8])] = []
    private var reviewers: [Person] = []
    private var anchors: [String] = []
    private var patches: [[UInt8]] = []
    private var decided = 0
    private(set) var exhausted: Route?

    /// Of the waiting cases these many, but no more than half, are never decided: pages of the queue begin after them.
    private static let anchors = 100

    private struct Person {
        let application: String
        /// The header lines that tell who asks.
        let lines: [UInt8]
    }

    /// - Parameters:
    ///   - routes: those that are asked for; each with its share.
    ///   - goesOn: once a route's data are used up, the others are asked without it.
    init(
        _ targets: [Target], answers: SampleAnswers, routes: [Route], host: String, seed: UInt64, run: String,
        goesOn: Bool = false
    ) throws {
        self.goesOn = goesOn
        chance = Chance(seed: seed)
        self.host = host
        self.run = run
        self.routes = routes.flatMap { Array(repeating: $0, count: $0.share) }
        for target in targets { try add(target, answers) }
        ready.shuffle(using: &chance)
        open.shuffle(using: &chance)
        anchors = open.suffix(min(Self.anchors, (open.count + 1) / 2)).map(\.id)
        open.removeLast(anchors.count)
        if routes.contains(.autosave) {
            patches = try (0..<1_024).map { _ in try answers.patch(&chance).canonicalBytes }
        }
    }

    private func add(_ target: Target, _ answers: SampleAnswers) throws {
        let lines = Self.lines(session: target.session, address: target.address, number: target.number)
        let person = Person(application: target.application, lines: lines)
        if target.kind != .reviewer { everybody.append(person) }
        switch target.kind {
        case .ready where routes.contains(.submission):
            var values = try answers.complete(target.number, target.pictures)
            for member in try answers.patch(&chance).object ?? JSONObject() {
                for field in member.value.object ?? JSONObject() { values[member.key]?[field.key] = field.value }
            }
            let body: JSONValue = ["truth": true, "values": values]
            ready.append((person, body.canonicalBytes))
        case .half: halves.append(person)
        case .review: open.append((target.caseID, try verdict(answers)))
        case .reviewer: reviewers.append(person)
        case .ready, .decided: break
        }
    }

    /// Most are approved, one of eight is sent back.
    private func verdict(_ answers: SampleAnswers) throws -> [UInt8] {
        guard chance.number(0...7) == 0 else { return (["verdict": "approve"] as JSONValue).canonicalBytes }
        let comments: JSONValue = .object(JSONObject([(answers.somePath(&chance), "请再核对一下这一项")]))
        return (["verdict": "request_changes", "comments": comments] as JSONValue).canonicalBytes
    }

    /// The next request; nil when what it would need has run out.
    func next() -> Planned? {
        while !routes.isEmpty {
            if let planned = drawn() { return planned }
            guard goesOn, let spent = exhausted else { return nil }
            routes.removeAll { $0 == spent }
            exhausted = nil
        }
        return nil
    }

    private func drawn() -> Planned? {
        let route = routes[chance.number(0...(routes.count - 1))]
        switch route {
        case .status, .requirements: return read(route)
        case .autosave: return autosave()
        case .submission: return submission()
        case .queue: return queue()
        case .decision: return decision()
        }
    }

    private func read(_ route: Route) -> Planned {
        let person = everybody[chance.number(0...(everybody.count - 1))]
        let path = "/api/applications/\(person.application)" + (route == .status ? "" : "/requirements")
        let expected = route == .status ? person.application : "\"currently_due\""
        return planned(route, "GET", path, person.lines, expected: expected)
    }

    private func autosave() -> Planned? {
        guard !halves.isEmpty else { return ranOut(of: .autosave) }
        let person = halves[chance.number(0...(halves.count - 1))]
        return planned(
            .autosave, "PATCH", "/api/applications/\(person.application)/draft", person.lines,
            type: "application/merge-patch+json", body: patches[chance.number(0...(patches.count - 1))],
            expected: "\"version\":", subject: person.application)
    }

    private func submission() -> Planned? {
        guard let (person, body) = ready.popLast() else { return ranOut(of: .submission) }
        return planned(
            .submission, "POST", "/api/applications/\(person.application)/submissions", person.lines,
            body: body, expected: person.application, subject: person.application,
            key: "\(run)-s-\(person.application)")
    }

    private func queue() -> Planned {
        let reviewer = reviewers[chance.number(0...(reviewers.count - 1))]
        let after = chance.number(0...1) == 0 ? "" : "&after=" + chance.one(of: anchors)
        return planned(.queue, "GET", "/api/cases?tab=waiting\(after)", reviewer.lines, expected: "\"cases\":")
    }

    private func decision() -> Planned? {
        guard let (id, body) = open.popLast() else { return ranOut(of: .decision) }
        let reviewer = reviewers[decided % reviewers.count]
        decided += 1
        // Reviewers of this load work faster than people: each case comes from an address of its own.
        var lines = reviewer.lines
        lines.append(contentsOf: "X-Forwarded-For: 10.255.\(decided >> 8 & 255).\(decided & 255)\r\n".utf8)
        return planned(
            .decision, "POST", "/api/cases/\(id)/decisions", lines, body: body, expected: id, subject: id,
            key: "\(run)-d-\(id)")
    }

    private func ranOut(of route: Route) -> Planned? {
        exhausted = route
        return nil
    }

    private func planned(
        _ route: Route, _ method: String, _ path: String, _ lines: [UInt8], type: String = "application/json",
        body: [UInt8]? = nil, expected: String, subject: String = "", key: String = ""
    ) -> Planned {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(400 + (body?.count ?? 0))
        bytes.append(contentsOf: "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\n".utf8)
        bytes.append(contentsOf: lines)
        if !key.isEmpty { bytes.append(contentsOf: "Idempotency-Key: \"\(key)\"\r\n".utf8) }
        if let body {
            bytes.append(contentsOf: "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n".utf8)
            bytes.append(contentsOf: body)
        } else {
            bytes.append(contentsOf: "\r\n".utf8)
        }
        return Planned(route: route, bytes: bytes, expected: Array(expected.utf8), subject: subject, key: key)
    }

    private static func lines(session: String, address: String, number: Int) -> [UInt8] {
        // A visitor's cookie is 24 characters; whoever comes back has one.
        let digits = String(number)
        let visitor = String(repeating: "v", count: 24 - digits.count) + digits
        return Array(
            "Accept: application/json\r\nCookie: ruzhu_session=\(session); ruzhu_visitor=\(visitor)\r\nX-Forwarded-For: \(address)\r\n"
                .utf8)
    }
}

extension JSONObject {
    fileprivate init(_ members: [(String, JSONValue)]) {
        self.init()
        for (key, value) in members { self[key] = value }
    }
}
