/// The parts that a process may take on: one for each context, and those of the composition itself.
package enum Part: String, CaseIterable, Sendable, Codable {
    /// 账号: signing in and out, consents.
    case identity
    /// 规则: the rules in public and their publishing.
    case catalogue
    /// 证照: pictures, and having them read.
    case documents
    /// 入驻申请
    case applications
    /// 筛查
    case screening
    /// 审核
    case review
    /// 协议
    case agreements
    /// 保证金
    case deposits
    /// 店铺
    case stores
    /// 通知: short messages.
    case notifications
    /// 运营: what waits and what is stuck, and housekeeping.
    case operations
}

/// What one process does of the whole: the parts whose requests it answers, and the parts whose work it does (event
/// handlers, jobs, housekeeping). Every process links everything; a role only chooses.
package struct Roles: Sendable, Equatable {
    package let names: [String]
    /// The parts whose requests are answered here.
    package let answering: Set<Part>
    /// The parts whose events are handled and whose jobs are done here.
    package let working: Set<Part>

    /// Everything, as one small server does.
    package static let all = Roles(names: ["all"], answering: Set(Part.allCases), working: Set(Part.allCases))

    /// The names that can be given, in the order in which they are explained.
    package static let known = ["all", "web", "worker"] + Part.allCases.map(\.rawValue)

    /// The one table of roles.
    private static func parts(of role: String) -> (answering: [Part], working: [Part])? {
        switch role {
        case "all": (Part.allCases, Part.allCases)
        case "web": (Part.allCases, [])
        case "worker": ([], Part.allCases)
        default: Part(rawValue: role).map { ([$0], [$0]) }
        }
    }

    /// Reads names separated by commas.
    /// - Throws: `Settings.Fault` for a name that is no role, and for none at all.
    package init(_ text: String) throws {
        var (answering, working): (Set<Part>, Set<Part>) = ([], [])
        let names = text.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }
        for name in names {
            guard let parts = Self.parts(of: name) else {
                throw Settings.Fault(description: "没有 \(name) 这个角色；可用：\(Self.known.joined(separator: "、"))")
            }
            answering.formUnion(parts.answering)
            working.formUnion(parts.working)
        }
        guard !names.isEmpty else { throw Settings.Fault(description: "没有写角色；可用：\(Self.known.joined(separator: "、"))") }
        self.init(names: names, answering: answering, working: working)
    }

    private init(names: [String], answering: Set<Part>, working: Set<Part>) {
        (self.names, self.answering, self.working) = (names, answering, working)
    }

    /// Whether some parts are left to other processes.
    package var isPartial: Bool { self.answering != Self.all.answering || working != Self.all.working }

    /// Whether single parts were chosen. That is for many machines on one database server.
    package var picksParts: Bool { names.contains { Part(rawValue: $0) != nil } }

    /// The roles that serve a part's requests, the most particular first.
    static func serving(_ part: Part) -> [String] { [part.rawValue, "web", "all"] }
}
