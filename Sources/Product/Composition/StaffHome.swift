import Hummingbird
import Web

/// Where staff begin: each at the page that their role is for.
struct StaffHome {
    func add(to router: some RouterMethods<WebContext>) {
        router.group("/staff", context: SignedInContext.self).get { _, context -> Response in
            if context.identity.roles.contains(.reviewer) { return .see("/staff/queue") }
            guard context.identity.roles.contains(.operator) else { throw AccessRefused.roleMissing }
            return .see("/staff/operations")
        }
    }
}
