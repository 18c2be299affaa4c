import Foundation
import Testing

@testable import ruzhu_bench

@Suite("The client of the reference load")
struct LoadTests {
    private static func answer(_ text: String) throws -> (status: Int, body: String, closes: Bool)? {
        try Array(text.utf8).withUnsafeBytes { bytes in
            try Answer(bytes).map {
                ($0.status, String(decoding: bytes[$0.body], as: UTF8.self), $0.closes)
            }
        }
    }

    @Test("An answer is read once all of it is there")
    func whole() throws {
        let text = "HTTP/1.1 201 Created\r\nDate: x\r\nContent-Length: 5\r\nServer: ruzhu\r\n\r\nhello"
        let read = try Self.answer(text)
        #expect(read?.status == 201)
        #expect(read?.body == "hello")
        #expect(read?.closes == false)
        for length in 16..<text.utf8.count {
            #expect(
                try Self.answer(String(decoding: text.utf8.prefix(length), as: UTF8.self)) == nil, "\(length) bytes")
        }
    }

    @Test("A server that says that it closes is believed")
    func closing() throws {
        let read = try Self.answer("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        #expect(read?.closes == true)
        #expect(read?.body == "")
    }

    @Test("An answer of unknown length is refused rather than misread")
    func unknown() {
        #expect(throws: Answer.Fault.self) {
            try Self.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
        }
        #expect(throws: Answer.Fault.self) { try Self.answer("HTTP/1.1 200 OK\r\nDate: x\r\n\r\n") }
    }

    @Test("Percentiles are those of all answers")
    func percentiles() {
        var tally = Tally()
        for milliseconds in (1...100).shuffled() { tally.note(nanoseconds: UInt64(milliseconds) * 1_000_000) }
        #expect(tally.percentiles([0.5, 0.95, 0.99, 1]) == [50, 95, 99, 100])
        #expect(Tally().percentiles([0.5]) == [0])
    }

    @Test("The shares of the routes make the whole mix")
    func shares() { #expect(Route.allCases.map(\.share).reduce(0, +) == 100) }
}
