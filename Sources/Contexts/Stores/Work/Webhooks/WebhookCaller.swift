import AsyncHTTPClient
import Kernel
import NIOCore
import NIOHTTP1

/// Calls endpoints, and nothing that is not public unless its host is named: the name is resolved, every address is
/// looked at, and the connection goes to an address that was looked at, never to the name once more.
struct WebhookCaller: Sendable {
    let allowed: AllowedHosts
    let resolver: HostResolver
    /// How long a call may take, from resolving the name to the answer.
    let timeout: Duration

    init(allowed: AllowedHosts, resolver: HostResolver = .system, timeout: Duration = .seconds(10)) {
        self.allowed = allowed
        self.resolver = resolver
        self.timeout = timeout
    }

    /// One call.
    struct Call: Sendable {
        let address: String
        let id: String
        let second: Int64
        let body: String
        /// The value of `webhook-signature`.
        let signatures: String
        /// Which try it is, from 1: of several addresses each has its turn.
        let number: Int
    }

    /// Calls once, and waits no longer than `timeout`.
    func make(_ call: Call) async -> WebhookOutcome {
        do {
            return try await withThrowingTaskGroup(of: WebhookOutcome.self) { group in
                group.addTask { try await self.reach(call) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return .failed(.timedOut)
                }
                defer { group.cancelAll() }
                return try await group.next() ?? .failed(.timedOut)
            }
        } catch let fault as Refused {
            return .failed(fault.why)
        } catch let error as HTTPClientError where [.connectTimeout, .deadlineExceeded, .readTimeout].contains(error) {
            return .failed(.timedOut)
        } catch {
            return .failed(.unreachable)
        }
    }

    /// It was not even tried.
    private struct Refused: Error {
        let why: WebhookOutcome.Fault
    }

    private func reach(_ call: Call) async throws -> WebhookOutcome {
        let address: WebhookAddress
        do throws(WebhookAddress.Fault) {
            address = try WebhookAddress(call.address, allowing: allowed)
        } catch {
            throw Refused(why: error == .notPublic ? .notPublic : .badAddress)
        }
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: configuration(connectingTo: try await target(of: address, number: call.number), for: address)
        )
        do {
            let outcome = try await post(call, to: address, with: client)
            try? await client.shutdown()
            return outcome
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    /// The address to connect to; nil where the host is an address already.
    private func target(of address: WebhookAddress, number: Int) async throws -> String? {
        if address.literal != nil { return nil }
        guard let found = try? await resolver.addresses(address.host), !found.isEmpty else {
            throw Refused(why: .unresolved)
        }
        let isTrusted = allowed.contains(address.host, port: address.port)
        guard isTrusted || found.allSatisfy(\.address.isPublic) else { throw Refused(why: .notPublic) }
        return found[(number - 1) % found.count].text
    }

    private func configuration(connectingTo target: String?, for address: WebhookAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(timeout), read: TimeAmount(timeout), write: TimeAmount(timeout)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        // The client takes the name for the certificate and this for the connection.
        if let target { configuration.dnsOverride = [address.host: target] }
        return configuration
    }

    private func post(_ call: Call, to address: WebhookAddress, with client: HTTPClient) async throws -> WebhookOutcome
    {
        var request = HTTPClientRequest(url: address.text)
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "User-Agent": "ruzhu-webhooks/1", "webhook-id": call.id,
            "webhook-timestamp": String(call.second), "webhook-signature": call.signatures, "Connection": "close",
        ]
        request.body = .bytes(ByteBuffer(string: call.body))
        let response = try await client.execute(request, timeout: TimeAmount(timeout))
        var answer: [UInt8] = []
        for try await piece in response.body {
            answer += piece.readableBytesView.prefix(WebhookOutcome.mostAnswer - answer.count)
            if answer.count >= WebhookOutcome.mostAnswer { break }
        }
        return WebhookOutcome(status: Int(response.status.code), answer: answer)
    }
}
