package import Hummingbird
import Logging
import NIOCore

/// What the middlewares found out about a request before its route sees it.
package struct WebState: Sendable {
    /// Names the request in answers and logs.
    package var requestID: String
    /// Allows the one inline style of an entry page; new for each answer.
    package var nonce: String
    /// The other end's address; behind a trusted proxy, what the proxy says.
    package var client: String
    package var identity: Identity?
    /// What a form must carry to prove that it came from our own page.
    package var formToken: BoundFormToken
}

/// A request context that pages and forms can be made in.
package protocol PageContext: RequestContext {
    var web: WebState { get }
}

/// The context in which every request begins: nobody is known yet.
package struct WebContext: PageContext {
    package var coreContext: CoreRequestContextStorage
    package var web: WebState

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        web = WebState(
            requestID: RandomToken.make(bytes: 9), nonce: RandomToken.make(bytes: 12),
            client: source.channel.remoteAddress?.ipAddress ?? "local", identity: nil,
            formToken: .none)
    }
}

/// A request by somebody who is signed in. It can't be made otherwise.
package struct SignedInContext: PageContext, ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let web: WebState
    package let identity: Identity

    package init(context: WebContext) throws {
        guard let identity = context.web.identity else { throw AccessRefused.notSignedIn }
        self.coreContext = context.coreContext
        self.web = context.web
        self.identity = identity
    }
}

/// A request by a reviewer.
package struct ReviewerContext: PageContext, ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let web: WebState
    package let identity: Identity

    package init(context: WebContext) throws {
        identity = try AccessRefused.unless(context, has: .reviewer)
        coreContext = context.coreContext
        web = context.web
    }
}

/// A request by an operator.
package struct OperatorContext: PageContext, ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let web: WebState
    package let identity: Identity

    package init(context: WebContext) throws {
        identity = try AccessRefused.unless(context, has: .operator)
        coreContext = context.coreContext
        web = context.web
    }
}

/// What a middleware hands a request on to.
package typealias Next = @concurrent (Request, WebContext) async throws -> Response
