import Accounts
import Applications
import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Composition
import Database
import Foundation
import Kernel
import Review
import Sealing
import Web
import Work

/// Fills a database with applications in every state, through the product's own acts.
struct Seeder: Sendable {
    let product: Product
    let count: Int
    let seed: UInt64
    private let clock = SystemClock()

    static let reviewers = 20
    private static let batch = 500
    private static let width = 64

    init(product: Product, count: Int, seed: UInt64) {
        self.product = product
        self.count = count
        self.seed = seed
    }

    /// - Returns: everybody whom the load may play, the reviewers last.
    func run() async throws -> [Target] {
        let now = clock.now
        let today = try CivilDate.today(at: now)
        let answers = try SampleAnswers(pack: try product.catalogue.current(at: now), seed: seed, today: today)
        var targets: [Target] = []
        for start in stride(from: 0, to: count, by: Self.batch) {
            let numbers = start..<min(start + Self.batch, count)
            targets += try await product.database.write { tx in
                try numbers.map { try enter($0, answers, in: tx) }
            }
        }
        try await handIn(targets.filter { $0.kind == .review || $0.kind == .decided })
        let staff = try await makeReviewers()
        try await approve(targets.filter { $0.kind == .decided }, by: staff)
        try await product.database.write { tx in
            // The messages of these people's news are not part of any measurement.
            _ = try tx.run("DELETE FROM \(BenchTables.jobs)")
        }
        return try await withCases(targets) + staff
    }

    /// What the application of a number is like: 55 % ready, 20 % half filled in, 20 % in review, 5 % decided.
    private func kind(of number: Int) -> Target.Kind {
        switch number % 20 {
        case 0..<11: .ready
        case 11..<15: .half
        case 15..<19: .review
        default: .decided
        }
    }

    private func enter(_ number: Int, _ answers: SampleAnswers, in tx: borrowing Transaction) throws -> Target {
        let now = clock.now
        let kind = kind(of: number)
        let digits = String(number)
        let phone = try MobileNumber("150" + String(repeating: "0", count: 8 - digits.count) + digits)
        let person = try product.accounts.register(phone, at: now, in: tx)
        let session = try product.accounts.beginSession(for: person, at: now, in: tx)
        let (licence, other) = (ID<PictureRow>.new(at: now), ID<PictureRow>.new(at: now))
        let pictures = SampleAnswers.Pictures(licence: licence.text, other: other.text)
        let values = try kind == .half ? answers.half(number, pictures) : answers.complete(number, pictures)
        let application = try product.applications.begin(values, for: person, at: now, in: tx)
        let key = try product.vault.existingKey(for: person.keyOwner, in: tx)
        for (id, kind) in [(licence, "licence"), (other, "other")] {
            try tx.insert(
                PictureRow(id: id, person: person, stream: application.stream.text, kind: kind, key: key, at: now))
        }
        return Target(
            kind: kind, number: number, session: session, person: person.text, application: application.text,
            caseID: "", pictures: pictures)
    }

    private func handIn(_ targets: [Target]) async throws {
        try await inParallel(targets) { target in
            guard let (application, person) = target.ids else { return }
            try await product.applications.handIn(application, of: person)
        }
        try await product.dispatcher.drain()
    }

    private func makeReviewers() async throws -> [Target] {
        var staff: [Target] = []
        for number in 0..<Self.reviewers {
            let phone = try MobileNumber("1990000" + String(1_000 + number))
            let person = try await product.accounts.grant(.reviewer, toPhone: phone)
            let now = clock.now
            let session = try await product.database.write { [accounts = product.accounts] tx in
                try accounts.beginSession(for: person, at: now, in: tx)
            }
            staff.append(
                Target(
                    kind: .reviewer, number: count + number, session: session, person: person.text, application: "",
                    caseID: "", pictures: SampleAnswers.Pictures(licence: "", other: "")))
        }
        return staff
    }

    private func approve(_ targets: [Target], by staff: [Target]) async throws {
        let reviewers = staff.compactMap { ID<Person>($0.person) }
        let now = clock.now
        for start in stride(from: 0, to: targets.count, by: Self.batch) {
            let some = targets[start..<min(start + Self.batch, targets.count)]
            try await product.database.write { [review = product.review] tx in
                for target in some {
                    guard let (application, _) = target.ids else { continue }
                    try review.approve(
                        application, by: reviewers[target.number % reviewers.count], at: now, in: tx)
                }
            }
        }
        try await product.dispatcher.drain()
    }

    private func withCases(_ targets: [Target]) async throws -> [Target] {
        try await product.database.read { [review = product.review] tx in
            try targets.map { target in
                guard target.kind == .review || target.kind == .decided, let (application, _) = target.ids else {
                    return target
                }
                guard let found = try review.newestCase(of: application, in: tx) else {
                    throw Complaint(description: "申请 \(application) 没有到审核")
                }
                return target.with(caseID: found)
            }
        }
    }

    /// Many at once, so that their writes share commits.
    private func inParallel(
        _ targets: [Target], _ act: @escaping @Sendable (Target) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (position, target) in targets.enumerated() {
                if position >= Self.width { try await group.next() }
                group.addTask { try await act(target) }
            }
            try await group.waitForAll()
        }
    }
}

extension Target {
    var ids: (application: ID<Application>, person: ID<Person>)? {
        guard let application = ID<Application>(application), let person = ID<Person>(person) else { return nil }
        return (application, person)
    }

    fileprivate func with(caseID: String) -> Target {
        Target(
            kind: kind, number: number, session: session, person: person, application: application, caseID: caseID,
            pictures: pictures)
    }
}

extension CivilDate {
    /// The day that a clock in Shanghai shows.
    static func today(at now: Instant) throws -> CivilDate {
        let time = now.inShanghai
        guard let day = CivilDate(year: time.year, month: time.month, day: time.day) else {
            throw Complaint(description: "这台机器的时钟不对")
        }
        return day
    }
}
