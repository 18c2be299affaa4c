import Accounts
import Applications
import Catalogue
import ChineseIdentifiers
import Database
import Documents
import Hummingbird
import Kernel
import Review
import Sealing
import Stores
import Web
import Work

extension Product {
    /// Adds what a part answers; the only place that says so. `ruzhu routes` reads it too.
    func addRoutes(of part: Part, to router: some RouterMethods<WebContext>) {
        switch part {
        case .identity: accounts.addRoutes(to: router, pages: pages, cookies: cookies)
        case .catalogue:
            catalogue.addRoutes(
                to: router, database: database, pages: pages, clock: clock,
                source: { [settings] in try PackSource(folder: settings.mallPack) },
                staffName: staffName)
        case .documents: documents.addRoutes(to: router)
        case .applications: applications.addRoutes(to: router)
        case .review: review.addRoutes(to: router)
        case .stores: stores.addRoutes(to: router, staffName: staffName)
        case .operations:
            StaffHome().add(to: router)
            OperationsRoutes(
                database: database, pages: pages, reader: reader, clock: clock, replayable: dispatcher.replayable,
                staffName: staffName
            ).add(to: router)
        // These work, and answer nobody.
        case .screening, .agreements, .deposits, .notifications: break
        }
    }

    /// How members of staff are named to one another.
    private var staffName: @Sendable (String, borrowing Transaction) throws -> String {
        { [accounts] person, tx in
            try ID<Person>(person).map { try accounts.phone(of: $0, in: tx).reveal().masked } ?? person
        }
    }

    var cookies: CookieJar { CookieJar(isSecure: settings.isSecure) }
}

/// Takes the place of the router for a part that this process has not: each of its addresses says so, so that a proxy
/// which leads there by mistake is found at once and no address looks as if it had never been.
struct Elsewhere: RouterMethods {
    typealias Context = WebContext

    let router: Router<WebContext>
    let part: Part

    @discardableResult
    func on<Responder: HTTPResponder>(_ path: RouterPath, method: HTTPRequest.Method, responder: Responder) -> Self
    where Responder.Context == WebContext {
        router.on(path, method: method, responder: CallbackResponder { [part] _, _ in throw Self.problem(part) })
        return self
    }

    /// Guards of a part that is not here have nothing to guard.
    func add(middleware: any MiddlewareProtocol<Request, Response, WebContext>) -> Self { self }

    static func problem(_ part: Part) -> Problem {
        Problem(
            .notFound, code: "role.elsewhere", title: "这个地址由另一个进程提供",
            hint: "反向代理应把它转给角色 \(part.rawValue)；请运营人员用 ruzhu routes 核对")
    }
}
