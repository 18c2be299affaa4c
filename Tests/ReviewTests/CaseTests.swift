import Accounts
import Kernel
import Testing

@testable import Review

@Suite("A case")
struct CaseTests {
    static let now = Instant.example + .seconds(3_600)

    /// The states in which a case may be found, as 周敏 sees them.
    static let states: [(String, Case.State)] = [
        ("waiting", .waiting), ("mine", .claimed(CaseClaim(reviewer: .minZhou, at: now))),
        ("mine, lapsed", .claimed(CaseClaim(reviewer: .minZhou, at: .example))),
        ("other's", .claimed(CaseClaim(reviewer: .taoLin, at: now))),
        ("other's, lapsed", .claimed(CaseClaim(reviewer: .taoLin, at: .example))),
        ("decided", .decided(.init(verdict: .approved, reviewer: .taoLin, at: now))), ("closed", .closed(at: now)),
    ]

    static let mine = Case.State.claimed(CaseClaim(reviewer: .minZhou, at: now))
    static let taken = CaseRefusal.taken(since: now)
    static let takenBefore = CaseRefusal.taken(since: .example)
    static let decided = Case.State.decided(.init(verdict: .rejected, reviewer: .minZhou, at: now))

    @Test(
        "Claiming takes what is free and is refused otherwise",
        arguments: zip(
            states,
            [
                Result<Case.State, CaseRefusal>.success(mine), .success(mine),
                .success(.claimed(CaseClaim(reviewer: .minZhou, since: .example, activeAt: now))), .failure(taken),
                .success(mine), .failure(.decided), .failure(.withdrawn),
            ]))
    func claim(from: (String, Case.State), expected: Result<Case.State, CaseRefusal>) {
        check(from.1, expected) { (subject) throws(CaseRefusal) in try subject.claim(by: .minZhou, at: Self.now) }
    }

    @Test(
        "Releasing needs the claim",
        arguments: zip(
            states,
            [
                Result<Case.State, CaseRefusal>.failure(.notClaimed), .success(.waiting), .success(.waiting),
                .failure(taken), .failure(takenBefore), .failure(.decided), .failure(.withdrawn),
            ]))
    func release(from: (String, Case.State), expected: Result<Case.State, CaseRefusal>) {
        check(from.1, expected) { (subject) throws(CaseRefusal) in try subject.release(by: .minZhou) }
    }

    @Test(
        "Deciding needs the claim, even a lapsed one that nobody took over",
        arguments: zip(
            states,
            [
                Result<Case.State, CaseRefusal>.failure(.notClaimed), .success(decided), .success(decided),
                .failure(taken), .failure(takenBefore), .failure(.decided), .failure(.withdrawn),
            ]))
    func decide(from: (String, Case.State), expected: Result<Case.State, CaseRefusal>) {
        check(from.1, expected) { (subject) throws(CaseRefusal) in
            try subject.decide(.rejected, by: .minZhou, at: Self.now)
        }
    }

    @Test(
        "A withdrawal closes what is open and leaves what is decided",
        arguments: zip(states, [true, true, true, true, true, false, false]))
    func close(from: (String, Case.State), closes: Bool) {
        var subject = Case.example(in: from.1)
        let later = Self.now + .seconds(1)
        subject.close(at: later)
        #expect(subject.state == (closes ? .closed(at: later) : from.1))
    }

    @Test("Nobody works on an application of their own", arguments: states)
    func ownApplication(from: (String, Case.State)) {
        check(from.1, .failure(.ownApplication)) { (subject) throws(CaseRefusal) in
            try subject.claim(by: .applicant, at: Self.now)
        }
        check(from.1, .failure(.ownApplication)) { (subject) throws(CaseRefusal) in
            try subject.decide(.approved, by: .applicant, at: Self.now)
        }
    }

    @Test("A claim lapses with its thirtieth idle minute", arguments: [(1_799, false), (1_800, true), (1_801, true)])
    func lapse(second: Int, lapses: Bool) {
        let claim = CaseClaim(reviewer: .minZhou, at: .example)
        #expect(claim.hasLapsed(at: .example + .seconds(second)) == lapses)
        let used = claim.used(at: .example + .seconds(600))
        #expect(!used.hasLapsed(at: .example + .seconds(second)))
        #expect(used.since == .example)
    }

    @Test("Each refusal has a code, a sentence and a way out")
    func refusals() {
        let all: [CaseRefusal] = [
            .taken(since: .example), .notClaimed, .decided, .withdrawn, .ownApplication, .changedMeanwhile,
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(all.allSatisfy { $0.problem.code == $0.code && $0.problem.hint != nil })
        #expect(CaseRefusal.withdrawn.problem.title == "申请人已撤回")
        #expect(CaseRefusal.taken(since: .example).problem.hint?.contains("3月1日 16:00") == true)
    }

    /// Does an act on a case in `state` and compares how it went.
    private func check(
        _ state: Case.State, _ expected: Result<Case.State, CaseRefusal>,
        _ act: (inout Case) throws(CaseRefusal) -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var subject = Case.example(in: state)
        do throws(CaseRefusal) {
            try act(&subject)
            #expect(expected == .success(subject.state), sourceLocation: sourceLocation)
        } catch {
            #expect(expected == .failure(error), sourceLocation: sourceLocation)
            #expect(subject.state == state, "a refused act changes nothing", sourceLocation: sourceLocation)
        }
    }
}
