import Accounts
import Blobs
import Database
import Foundation
import Hummingbird
import Kernel
import Sealing
import Web
import Work

/// Shows pictures and their crops to their owner, and to reviewers, whose looking is noted.
struct DocumentRoutes {
    let documents: Documents
    let log = ReadingLog()

    func add(to router: some RouterMethods<WebContext>) {
        let signedIn = router.group("/documents", context: SignedInContext.self)
        signedIn.get("/{document}/picture", use: picture)
        signedIn.get("/{document}/crops/{field}", use: crop)
    }

    @Sendable func picture(_ request: Request, context: SignedInContext) async throws -> Response {
        let document = try await visible(in: context, what: "picture")
        let bytes = try await documents.picture(of: document)
        return .bytes(bytes, type: document.mediaType.rawValue, cache: cache(document, context))
    }

    @Sendable func crop(_ request: Request, context: SignedInContext) async throws -> Response {
        let document = try await visible(in: context, what: "crop")
        let name = try context.parameters.require("field").removingPercentEncoding ?? ""
        let reading = try await documents.database.read { [documents] tx in
            try documents.reading(of: document.id, in: tx)
        }
        guard let kept = reading?.reveal().fields[name]?.cropBlob, let blob = BlobName(kept) else {
            throw Problem.notFound
        }
        let bytes = try await documents.crop(blob, of: document)
        return .bytes(bytes, type: PictureFormat.jpeg.rawValue, cache: cache(document, context))
    }

    /// The owner's browser may keep a picture for a while; a reviewer's may not, so that each look is noted.
    private func cache(_ document: Document, _ context: SignedInContext) -> String {
        document.person.text == context.identity.person ? "private, max-age=600" : "no-store"
    }

    /// The document in the address, if this person may see it. A reviewer's look is written down before it is granted.
    private func visible(in context: SignedInContext, what: String) async throws -> Document {
        guard let id = ID<Document>(try context.parameters.require("document")) else { throw Problem.notFound }
        let found = try await documents.database.read { [documents] tx -> (Document, Bool)? in
            guard let record = try documents.store.find(id, in: tx) else { return nil }
            return (record.document, try documents.mayReview(EventStream(text: record.stream), tx))
        }
        guard let (document, isUnderReview) = found else { throw Problem.notFound }
        if document.person.text == context.identity.person { return document }
        guard context.identity.roles.contains(.reviewer), isUnderReview else { throw Problem.notFound }
        let now = documents.clock.now
        try await documents.database.write { [log] tx in
            try log.note(
                of: document.person.keyOwner, by: context.identity.person, what: "\(what)/\(id)", purpose: "review",
                at: now, in: tx)
        }
        return document
    }
}
