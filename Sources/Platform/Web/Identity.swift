/// Who sends a request, once a session has proved it.
package struct Identity: Sendable, Equatable {
    /// The person's id, as text: the web knows no other context's types.
    package let person: String
    package let roles: Set<Role>
    private let makeLabel: @Sendable () -> String

    /// - Parameter label: made when a page shows it; programs never ask.
    package init(person: String, roles: Set<Role>, label: @escaping @Sendable () -> String) {
        self.person = person
        self.roles = roles
        makeLabel = label
    }

    /// How the person is named on pages: a masked phone number.
    package var label: String { makeLabel() }

    package static func == (left: Identity, right: Identity) -> Bool {
        left.person == right.person && left.roles == right.roles
    }

    package var isStaff: Bool { !roles.isEmpty }
}

/// What a member of staff may do. Applicants have no role.
package enum Role: String, Sendable, CaseIterable, Codable {
    /// 审核员: claims and decides cases.
    case reviewer
    /// 运营: sees the system's state, retries what is stuck, gives roles.
    case `operator`
}

/// Finds out whose session a cookie names.
package protocol SessionResolver: Sendable {
    func identity(forSession token: String) async throws -> Identity?
}
