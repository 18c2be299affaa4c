import Foundation
import Hummingbird
import Sealing
import Web

extension Pages {
    /// A public page with an entity tag, so that a browser that has it already is told so in a few bytes (RFC 9110).
    ///
    /// Only for visitors: the page of somebody who is signed in carries a form token and is never kept.
    func revalidated(
        _ template: String, _ model: some Sendable, for request: Request, in context: WebContext
    ) throws -> Response {
        let text = try fragment(template, model).text
        guard context.web.identity == nil else { return .html(text) }
        let tag = "W/\"\(ContentHash.hex(of: Array(text.utf8)).prefix(32))\""
        let known = request.headers[.ifNoneMatch]?.split(separator: ",").map { $0.trimmingPrefix(" ") } ?? []
        var response = known.contains { $0 == tag } ? Response(status: .notModified) : .html(text)
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}
