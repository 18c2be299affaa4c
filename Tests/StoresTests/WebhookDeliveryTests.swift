import Accounts
import CanonicalJSON
import Database
import Foundation
import HTTPTypes
import Kernel
import Sealing
import Testing
import Work

@testable import Stores

@Suite("What the mall hears of a shop")
struct WebhookDeliveryTests {
    @Test("An opened shop reaches each endpoint that wants it, signed, and once it is taken that is all")
    func delivered() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, secret) = try await bench.register()
            let (other, _) = try await bench.register(path: "/other", events: [.turnoverReached])
            let store = try #require(try await bench.open())
            try await bench.work()
            try await bench.work()
            let got = try #require(receiver.got.first)
            #expect(receiver.got.count == 1 && got.path == "/hooks")
            #expect(got.isSigned(with: secret) && !got.isSigned(with: .random()))
            #expect(got["webhook-timestamp"] == String(bench.clock.now.milliseconds / 1_000))
            let body = try JSONValue(parsing: Array(got.body.utf8))
            #expect(body["type"] == "shop.opened" && body["data"]?["shop"]?.string == store.text)
            #expect(body["data"]?["data_url"]?.string == "https://ruzhu.example.cn/api/shops/\(store)")
            for personal in ["孙燕英", "王小明", "330106199001019979", "13800132468"] {
                #expect(!got.body.contains(personal))
            }
            let one = try #require(try await bench.view(id).deliveries.first)
            #expect(one.delivery.state == .delivered && one.message.webhookID == got["webhook-id"])
            #expect(one.attempts.map(\.outcome.status) == [200] && one.attempts.first?.outcome.answer == "thanks")
            #expect(try await bench.view(other).deliveries.isEmpty)
        }
    }

    @Test("The same opening heard twice is one message")
    func once() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            _ = try await bench.register()
            try await bench.open(.shop)
            try await bench.open(.shop)
            try await bench.work()
            #expect(receiver.got.count == 1)
        }
    }

    @Test("What is not taken is tried 15 times over more than 72 hours, always under the same id, and then shown")
    func tries() async throws {
        try await Receiver.listen { receiver in
            receiver.answer(.init(status: .internalServerError, body: "call 13800132468"))
            let bench = try await WebhookBench(receiver)
            let (id, secret) = try await bench.register()
            try await bench.open()
            let (took, attempts) = try await bench.settle(id)
            #expect(attempts.map(\.number) == Array(1...15) && took >= .seconds(72 * 3_600))
            #expect(Set(receiver.got.map { $0["webhook-id"] }).count == 1 && receiver.got.count == 15)
            #expect(Set(receiver.got.map(\.body)).count == 1)
            #expect(receiver.got.allSatisfy { $0.isSigned(with: secret) }, "each with its own time")
            #expect(Set(receiver.got.map { $0["webhook-timestamp"] }).count == 15)
            #expect(attempts.allSatisfy { $0.outcome.fault == .refused && !$0.outcome.answer.contains("138") })
            let view = try await bench.view(id)
            #expect(view.deliveries.first?.delivery.state == .failed && view.endpoint.gaveUpAt != nil)
            #expect(view.endpoint.isOn, "it is given five days")
            #expect(try await bench.stores.failingEndpoints() == 1)
            bench.clock.advance(by: .seconds(2 * 86_400))
            try await bench.stores.sweep()
            let state = try await bench.endpoint(id).state
            #expect(state == .off(.failing, since: bench.clock.now))
        }
    }

    @Test("One that comes back in time gets what it missed, and counts as well again")
    func recovers() async throws {
        try await Receiver.listen { receiver in
            receiver.answer(.init(status: .serviceUnavailable))
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            bench.clock.advance(by: .seconds(3))
            #expect(try await bench.work() == 0, "the pause is five seconds at least")
            #expect(try await bench.endpoint(id).failingSince != nil)
            receiver.answer(.init(status: .noContent, body: ""))
            bench.clock.advance(by: .seconds(3))
            try await bench.work()
            #expect(try await bench.view(id).deliveries.first?.delivery.state == .delivered)
            #expect(try await bench.endpoint(id).failingSince == nil)
            #expect(try await bench.stores.failingEndpoints() == 0)
        }
    }

    @Test("410 switches the endpoint off at once; what waits for it stops, and is sent when it is asked for again")
    func gone() async throws {
        try await Receiver.listen { receiver in
            receiver.answer(.init(status: .serviceUnavailable))
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            receiver.answer(.init(status: .gone))
            bench.clock.advance(by: .seconds(1))
            try await bench.open()
            try await bench.work()
            #expect(try await bench.endpoint(id).state == .off(.gone, since: bench.clock.now))
            bench.clock.advance(by: .seconds(60))
            try await bench.work()
            try await bench.open()
            #expect(try await bench.view(id).deliveries.map(\.delivery.state) == [.failed, .stopped])
            let calls = receiver.got.count
            receiver.answer(.init())
            let (from, to) = (Instant.example, bench.clock.now + .seconds(1))
            await #expect(throws: WebhookRefusal.isOff) {
                try await bench.act { desk, hand, tx in try desk.replay(from..<to, all: false, of: id, by: hand, in: tx)
                }
            }
            try await bench.act { desk, hand, tx in try desk.turn(id, on: true, by: hand, in: tx) }
            bench.clock.advance(by: .seconds(1))
            let begun = try await bench.act { desk, hand, tx in
                try desk.replay(from..<to, all: false, of: id, by: hand, in: tx)
            }
            #expect(begun == 3, "also the one that was told while it was off")
            for _ in 0..<4 {
                try await bench.work()
                bench.clock.advance(by: .seconds(3))
            }
            #expect(receiver.got.count == calls + 3)
            bench.clock.advance(by: .seconds(1))
            let again = try await bench.act { desk, hand, tx in
                try desk.replay(from..<to, all: false, of: id, by: hand, in: tx)
            }
            #expect(again == 0, "all were taken")
            #expect(try await bench.view(id).acts.map(\.act.act) == [.replayRange, .replayRange, .on, .create])
        }
    }

    @Test("A replay by hand comes under the same id, and is noted with who asked for it")
    func replay() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            let delivery = try #require(try await bench.view(id).deliveries.first).delivery.id
            bench.clock.advance(by: .seconds(1))
            try await bench.act { desk, hand, tx in try desk.replay(delivery, of: id, by: hand, in: tx) }
            try await bench.work()
            #expect(receiver.got.count == 2 && Set(receiver.got.map { $0["webhook-id"] }).count == 1)
            let view = try await bench.view(id)
            #expect(view.deliveries.count == 1 && view.deliveries.first?.attempts.map(\.series) == [2, 1])
            #expect(view.acts.first?.act.act == .replay && view.acts.first?.act.person == "o")
        }
    }

    @Test("A new secret signs beside the old one for the time that was chosen, and then alone")
    func rotation() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, old) = try await bench.register()
            let new = WebhookSecret.random()
            bench.clock.advance(by: .seconds(1))
            let newID = ID<WebhookSecret>.new(at: bench.clock.now)
            try await bench.act { desk, hand, tx in
                try desk.rotate(id, to: new, as: newID, overlap: .day, by: hand, in: tx)
            }
            try await bench.open()
            try await bench.work()
            #expect(receiver.got[0].isSigned(with: old) && receiver.got[0].isSigned(with: new))
            bench.clock.advance(by: .seconds(86_400))
            try await bench.open()
            try await bench.work()
            #expect(!receiver.got[1].isSigned(with: old) && receiver.got[1].isSigned(with: new))
            let third = WebhookSecret.random()
            let thirdID = ID<WebhookSecret>.new(at: bench.clock.now)
            try await bench.act { desk, hand, tx in
                try desk.rotate(id, to: third, as: thirdID, overlap: .none, by: hand, in: tx)
            }
            try await bench.stores.sweep()
            #expect(try await bench.view(id).secrets.map(\.id) == [thirdID], "a secret that leaked ends at once")
        }
    }

    @Test("Secrets stand nowhere in the clear")
    func sealed() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, secret) = try await bench.register()
            let key = PartnerKey.random()
            try await bench.act { desk, hand, tx in
                try desk.addKey(key, as: .new(at: hand.now), label: "店铺中心", to: id, by: hand, in: tx)
            }
            for (_, bytes) in try bench.everythingKept() {
                for text in [secret.text.reveal(), String(secret.text.reveal().dropFirst(6)), key.text.reveal()] {
                    #expect(bytes.range(of: Data(text.utf8)) == nil)
                }
            }
        }
    }

    @Test("Redirects are not followed")
    func notFollowed() async throws {
        try await Receiver.listen { receiver in
            receiver.answer(.init(status: .found, location: "/elsewhere"))
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            #expect(receiver.got.map(\.path) == ["/hooks"])
            #expect(try await bench.view(id).deliveries.first?.attempts.first?.outcome.fault == .redirected)
        }
    }

    @Test("A silent endpoint is not waited for")
    func silent() async throws {
        try await Receiver.listen { receiver in
            receiver.answer(.init(delay: .seconds(3)))
            let bench = try await WebhookBench(receiver, timeout: .milliseconds(300))
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            #expect(try await bench.view(id).deliveries.first?.attempts.first?.outcome.fault == .timedOut)
        }
    }

    @Test("A name that leads to any private address is not called, and the address that was looked at is connected to")
    func resolved() async throws {
        try await Receiver.listen { receiver in
            let loopback = HostResolver.Found(address: NetworkAddress(bytes: [127, 0, 0, 1]), text: "127.0.0.1")
            let open = HostResolver.Found(address: NetworkAddress(bytes: [8, 8, 8, 8]), text: "8.8.8.8")
            // Not a name that any resolver knows: whoever asked for it once more would not get through.
            let named = try await WebhookBench(
                receiver, allowing: ["mall.invalid"], resolver: HostResolver { _ in [loopback] })
            let (id, _) = try await named.register("mall.invalid")
            try await named.open()
            try await named.work()
            #expect(receiver.got.count == 1)
            #expect(try await named.view(id).deliveries.first?.delivery.state == .delivered)

            for found in [[loopback], [open, loopback]] {
                let caller = WebhookCaller(allowed: AllowedHosts([]), resolver: HostResolver { _ in found })
                let outcome = await caller.make(
                    .init(
                        address: "https://mall.example.cn/", id: "1", second: 1, body: "{}", signatures: "", number: 1))
                #expect(outcome.fault == .notPublic)
            }
            #expect(receiver.got.count == 1)
        }
    }

    @Test("A name without an address, and an address where nobody listens, are told apart")
    func unreachable() async throws {
        let none = WebhookCaller(allowed: AllowedHosts([]), resolver: HostResolver { _ in [] })
        let call = { (address: String) in
            WebhookCaller.Call(address: address, id: "1", second: 1, body: "{}", signatures: "", number: 1)
        }
        #expect(await none.make(call("https://mall.example.cn/")).fault == .unresolved)
        let closed = WebhookCaller(allowed: AllowedHosts(["127.0.0.1:9"]))
        #expect(await closed.make(call("http://127.0.0.1:9/")).fault == .unreachable)
        #expect(await none.make(call("http://127.0.0.1:9/")).fault == .badAddress)
    }

    @Test("A process that ends in the middle of a call calls again, under the same id")
    func interrupted() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            // As the end of the process leaves it: taken there, and not noted here.
            let now = bench.clock.now
            try await bench.database.write { tx in
                try tx.run("DELETE FROM \(WebhookAttempt.table)")
                try tx.run("UPDATE \(WebhookDelivery.table) SET state = 'waiting', tries = 0")
                let delivery: WebhookDelivery? = try tx.first("SELECT * FROM \(WebhookDelivery.table)")
                try delivery?.job.enqueue(at: now, in: tx)
            }
            try await bench.work()
            #expect(receiver.got.count == 2 && Set(receiver.got.map { $0["webhook-id"] }).count == 1)
            #expect(try await bench.view(id).deliveries.first?.delivery.state == .delivered)
        }
    }

    @Test("After 90 days a message is forgotten with its tries, but not while it is on its way")
    func forgotten() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register()
            try await bench.open()
            try await bench.work()
            bench.clock.advance(by: .seconds(89 * 86_400))
            try await bench.stores.sweep()
            #expect(try await bench.view(id).deliveries.count == 1)
            try await bench.open()
            bench.clock.advance(by: .seconds(91 * 86_400))
            try await bench.stores.sweep()
            #expect(try await bench.view(id).deliveries.map(\.delivery.state) == [.waiting])
        }
    }

    @Test("A message of a test tells of nothing and reaches endpoints of any events")
    func testMessage() async throws {
        try await Receiver.listen { receiver in
            let bench = try await WebhookBench(receiver)
            let (id, _) = try await bench.register(events: [])
            try await bench.act { desk, hand, tx in try desk.test(id, by: hand, in: tx) }
            try await bench.work()
            let body = try JSONValue(parsing: Array(try #require(receiver.got.first).body.utf8))
            #expect(body["type"] == "endpoint.test" && body["data"] == ["endpoint": .string(id.text)])
        }
    }
}
