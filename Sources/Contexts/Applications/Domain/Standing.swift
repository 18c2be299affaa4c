import CanonicalJSON
import Catalogue
import Kernel

/// What a draft's answers want, written down whenever they are saved: to tell where an application stands, nothing has to
/// be unsealed and no answer to be checked. It holds addresses of questions and words about them, and no answer.
///
/// It says so of one version of a draft under some rules, for as long as time alone changes nothing; of everything else it
/// says nothing, and the draft is checked again.
struct Standing: Sendable, Equatable {
    /// The draft's version.
    let version: Int
    /// The pack that the application follows.
    let pack: String
    /// All rules that it was compared with.
    let rules: String
    /// The moment from which the same answers are judged otherwise.
    let until: Instant?
    /// Everything that is asked, and what a draft is told about it: JSON arrays.
    let asked: String
    let due: String
    let eventually: String
    let alternatives: String
    let future: String
    let errors: String
    /// Pictures that are named: pairs of a path and a document.
    let pictures: [NamedPicture]

    struct NamedPicture: Sendable, Equatable {
        let path: String
        let document: String
    }

    /// A name for the rules that a draft is compared with.
    ///
    /// The number in front is raised when findings get other words or checks another meaning: then no standing that was
    /// written before is used.
    static func rules(_ publications: [Publication]) -> String {
        (["1"] + publications.map { String($0.pack.prefix(16)) }).joined(separator: " ")
    }
}

extension Standing {
    init(of draft: Draft, version: Int, pack: String, _ check: FormCheck, _ future: FutureCheck, rules: String) {
        self.version = version
        self.pack = pack
        self.rules = rules
        until = [check.until, future.until].compactMap(\.self).min()
        asked = RequirementList.paths(check.asked).canonicalText
        due = RequirementList.paths(check.due).canonicalText
        eventually = RequirementList.paths(check.eventually).canonicalText
        alternatives = JSONValue.array(check.alternatives.map(\.json)).canonicalText
        self.future = JSONValue.array(future.rules.map(\.json)).canonicalText
        errors = JSONValue.array(check.findings.map(\.requirementJSON)).canonicalText
        pictures = check.asked.compactMap { field in
            field.kind.isPicture ? draft.text(field).map { NamedPicture(path: field.path, document: $0) } : nil
        }
    }

    /// Whether it still says what is so.
    func holds(under pack: String, rules: String, at now: Instant) -> Bool {
        self.pack == pack && self.rules == rules && until.map { now < $0 } ?? true
    }
}

/// What other rules than its own would ask of a draft.
struct FutureCheck: Sendable {
    let rules: [RequirementList.FutureRules]
    /// The moment from which they would judge otherwise.
    let until: Instant?
}
