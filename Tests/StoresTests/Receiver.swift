import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Sealing
import Synchronization
import Testing

@testable import Stores

/// An HTTP server on a free port, which answers as it is told and keeps what it got.
final class Receiver: Sendable {
    struct Got: Sendable {
        let path: String
        let headers: HTTPFields
        let body: String

        subscript(name: String) -> String { HTTPField.Name(name).flatMap { headers[$0] } ?? "" }

        /// Checks as a receiver does: the code of the documentation, in Swift.
        func isSigned(with secret: WebhookSecret) -> Bool {
            let plain = "\(self["webhook-id"]).\(self["webhook-timestamp"]).\(body)"
            let bytes = Data(base64Encoded: String(secret.text.reveal().dropFirst("whsec_".count))) ?? Data()
            let code = Data(HMAC<SHA256>.authenticationCode(for: Data(plain.utf8), using: SymmetricKey(data: bytes)))
            return self["webhook-signature"].split(separator: " ").contains { $0 == "v1," + code.base64EncodedString() }
        }
    }

    struct Answer: Sendable {
        var status: HTTPResponse.Status = .ok
        var location: String?
        var body = "thanks"
        var delay: Duration = .zero
    }

    let port: Int
    private let state: State

    private final class State: Sendable {
        let answer = Mutex(Answer())
        let got = Mutex<[Got]>([])
    }

    private init(port: Int, state: State) { (self.port, self.state) = (port, state) }

    var got: [Got] { state.got.withLock { $0 } }
    func answer(_ answer: Answer) { state.answer.withLock { $0 = answer } }

    /// Listens while `body` runs.
    static func listen(_ body: @escaping @Sendable (Receiver) async throws -> Void) async throws {
        let state = State()
        let router = Router()
        router.post("**") { request, _ -> Response in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            state.got.withLock {
                $0.append(Got(path: request.uri.description, headers: request.headers, body: String(buffer: bytes)))
            }
            let answer = state.answer.withLock { $0 }
            if answer.delay > .zero { try? await Task.sleep(for: answer.delay) }
            var headers: HTTPFields = [.contentType: "text/plain"]
            if let location = answer.location { headers[.location] = location }
            return Response(
                status: answer.status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: answer.body)))
        }
        try await Hummingbird.Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0))
        )
        .test(.live) { client in
            try await body(Receiver(port: try #require(client.port), state: state))
        }
    }
}
