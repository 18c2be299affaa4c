import CanonicalJSON
import Database
import Hummingbird
import Kernel
import Web

/// What the mall's order system reports, and what a shop's owner may ask of it.
struct SalesRoutes: Sendable {
    let database: any Database
    let reading: TurnoverReading
    let clock: any WallClock
    private let stores = StoreStore()

    init(database: any Database, reading: TurnoverReading, clock: any WallClock) {
        self.database = database
        self.reading = reading
        self.clock = clock
    }

    func add(to router: some RouterMethods<WebContext>) {
        router.group(RouterPath(ShopPath.sales), context: OperatorContext.self).post(use: report)
        router.group(RouterPath(ShopPath.turnover), context: SignedInContext.self).get(use: show)
    }

    /// Takes a batch of orders: all of it or nothing, each order once.
    @Sendable func report(_ request: Request, context: OperatorContext) async throws -> Response {
        let (store, now) = (try context.shop(), clock.now)
        let report = try SalesReport(try await request.json(), at: now)
        let count = SalesCount(reading: reading)
        let outcome = try await database.write { tx in try count.count(report.sales, in: store, at: now, in: tx) }
        return .bytes(outcome.json.canonicalBytes, type: "application/json")
    }

    /// This year's turnover, for the owner and for operators.
    @Sendable func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let (id, viewer, year) = (try context.shop(), context.identity, clock.now.inShanghai.year)
        let turnover = try await database.read { [stores, reading] tx in
            guard let store = try stores.find(id, in: tx),
                viewer.person == store.person.text || viewer.roles.contains(.operator)
            else { throw Problem.notFound }
            return try reading.turnover(of: store, in: year, in: tx)
        }
        return .bytes(turnover.json.canonicalBytes, type: "application/json")
    }
}

extension RequestContext {
    /// The shop in the address.
    func shop() throws -> ID<Store> {
        guard let id = ID<Store>(try parameters.require("shop")) else { throw Problem.notFound }
        return id
    }
}

extension SalesCount.Outcome {
    fileprivate var json: JSONValue {
        [
            "new": .number(JSONNumber(Int64(new))), "updated": .number(JSONNumber(Int64(updated))),
            "repeated": .number(JSONNumber(Int64(repeated))),
        ]
    }
}

extension Turnover {
    fileprivate var json: JSONValue {
        [
            "year": .number(JSONNumber(Int64(year))), "sum": .number(JSONNumber(sum.fen)),
            "limit": limit.map { .number(JSONNumber($0.fen)) } ?? .null,
            "level": level.map { .string($0.rawValue) } ?? .null,
        ]
    }
}

extension OrdersDiffer: ProblemConvertible {
    var problem: Problem {
        Problem(
            .conflict, code: "sales.order_changed", title: "有订单和上次报的不一样，这一批都没有记录", hint: "金额和付款时间报过就不能改；退款请写在 refunded",
            findings: indices.map { SalesReport.finding("sales.order_changed", "上次报的 amount 或 paid_at 不是这个", row: $0) })
    }
}
