import CanonicalJSON
import Catalogue
import ChineseReferenceData
import Hummingbird
import Web

/// Names that a form offers while somebody types. They are the same for everybody; a login keeps strangers out.
struct SuggestionRoutes {
    func add(to router: some RouterMethods<WebContext>) {
        let api = router.group("/api", context: SignedInContext.self)
        api.get("/regions", use: regions)
        api.get("/banks", use: banks)
    }

    /// `?q=`: the full names of counties that hold this text.
    @Sendable func regions(_ request: Request, context: SignedInContext) async throws -> Response {
        answer(["names": Self.names(Regions.search(request.query("q")).map(\.name))])
    }

    /// `?q=`: names of banks. `?number=`: whose card begins so; the first digits are enough, and all that is looked at.
    @Sendable func banks(_ request: Request, context: SignedInContext) async throws -> Response {
        let text = request.query("q")
        let digits = String(request.query("number").filter { $0.isASCII && $0.isNumber }.prefix(10))
        guard digits.isEmpty else { return answer(["card": BankCards.bank(ofFirst: digits)?.json ?? .null]) }
        return answer(["names": Self.names(Banks.search(text, limit: 12).map(\.name))])
    }

    private static func names(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }

    private func answer(_ body: JSONValue) -> Response {
        .bytes(body.canonicalBytes, type: "application/json", cache: "private, max-age=3600")
    }
}

/// Where forms ask for names.
enum SuggestionPath {
    static let regions = "/api/regions"
    static let banks = "/api/banks"
}

extension CardIssuer {
    fileprivate var json: JSONValue {
        ["bank": .string(bank), "kind": .string(kind.name), "settles": .bool(kind.receivesSettlements)]
    }
}

extension Request {
    /// A short text of the query; empty if there is none.
    fileprivate func query(_ name: String) -> String {
        String((uri.queryParameters[Substring(name)].map(String.init) ?? "").prefix(40))
    }
}
