package import Accounts
package import Applications
package import Kernel
import Sealing
package import Work

/// An open shop.
package struct Store: Sendable, Equatable {
    package let id: ID<Store>
    package let application: ID<Application>
    package let person: ID<Person>
    package let name: String
    /// Content hash of the rule pack under which it opened.
    let pack: String
    /// The pack's id of the kind of subject that runs it, with the exemption of a natural person whom no limit binds; empty for shops from before this was kept, all registered.
    let subject: String
    /// Category ids.
    package let categories: [String]
    let licence: PublishedLicence
    package let openedAt: Instant
    /// Whom the mall may ask, masked: `{"name", "phone"}`, sealed. Nil for shops from before this was kept.
    var contact: Sealed?
    /// Whether an account for settlement was handed in; nil for shops from before this was kept.
    var hasAccount: Bool?

    static let contactPlace: StaticString = "stores.contact"

    /// The pack's id of the kind of subject, without an exemption; empty for shops from before this was kept.
    var subjectKind: String { subject.split(separator: "/").first.map(String.init) ?? "" }

    /// Whether a natural person runs it who need not be registered (电子商务法 Art. 10).
    var isUnregistered: Bool { subjectKind == "person" }

    /// Why not; nil for those who are registered, and for reasons that only the pack knows.
    var exemption: Exemption? {
        guard isUnregistered else { return nil }
        let word = subject.split(separator: "/").dropFirst().first.map(String.init)
        return word.map(Exemption.init) ?? .smallTrade
    }
}

/// A shop opened to the public.
package struct StoreOpened: Event {
    package static let name = "stores.opened"

    package let store: ID<Store>
    package let application: ID<Application>
    package let person: ID<Person>

    package var stream: EventStream { application.stream }
}
