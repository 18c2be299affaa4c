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
    /// Category ids.
    package let categories: [String]
    package let openedAt: Instant
}

/// A shop opened to the public.
package struct StoreOpened: Event {
    package static let name = "stores.opened"

    package let store: ID<Store>
    package let application: ID<Application>
    package let person: ID<Person>

    package var stream: Stream { application.stream }
}
