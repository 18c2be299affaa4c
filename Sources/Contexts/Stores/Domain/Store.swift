package import Accounts
package import Applications
package import Kernel
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
}

/// A shop opened to the public.
package struct StoreOpened: Event {
    package static let name = "stores.opened"

    package let store: ID<Store>
    package let application: ID<Application>
    package let person: ID<Person>

    package var stream: EventStream { application.stream }
}
