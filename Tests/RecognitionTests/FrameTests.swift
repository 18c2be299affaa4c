import Foundation
import Testing

@testable import Recognition

@Suite("Frames between the product and its worker")
struct FrameTests {
    @Test("A frame arrives as it was sent")
    func roundTrip() throws {
        let frame = Frame(header: Data("{}".utf8), body: Data([0, 1, 2, 255]))
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: frame.encoded)
        #expect(Frame.read(from: pipe.fileHandleForReading.fileDescriptor) == frame)
    }

    @Test(
        "Nonsense on the line ends the conversation instead of filling the memory",
        arguments: [
            [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0],  // far too long
            [0, 0, 0, 8, 0, 0, 0, 9, 1, 2, 3, 4],  // header longer than the frame
            [0, 0, 0, 2, 0, 0, 0, 0],  // shorter than its own head
            [0, 0, 0, 9, 0, 0, 0, 1, 1],  // ends early
            [0, 0],
        ] as [[UInt8]])
    func nonsense(bytes: [UInt8]) throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
        try pipe.fileHandleForWriting.close()
        #expect(Frame.read(from: pipe.fileHandleForReading.fileDescriptor) == nil)
    }

    @Test("A reading keeps its fields and crops on the wire")
    func reading() throws {
        let reading = Reading.example
        let (wire, body) = WireReading.pack(reading)
        let sent = try JSONEncoder().encode(WorkerMessage.read(wire))
        guard case .read(let arrived) = try JSONDecoder().decode(WorkerMessage.self, from: sent) else {
            Issue.record("another message arrived")
            return
        }
        let unpacked = try #require(arrived.unpack(body))
        #expect(unpacked.fields["名称"]?.crop == Data([1, 2, 3]))
        #expect(unpacked.fields["住所"]?.crop == Data([4]))
        #expect(unpacked.fields["住所"]?.box == Reading.Box(x: 0.5, y: 0.5, width: 0.2, height: 0.1))
        #expect(arrived.unpack(body.dropLast()) == nil)
    }
}

extension Reading {
    static let example = Reading(
        kind: .licence,
        fields: [
            "名称": Field(
                value: "某某有限公司", confidence: 0.99, box: Box(x: 0.1, y: 0.2, width: 0.3, height: 0.05),
                crop: Data([1, 2, 3]), repaired: false),
            "住所": Field(
                value: "某路1号", confidence: 0.6, box: Box(x: 0.5, y: 0.5, width: 0.2, height: 0.1), crop: Data([4]),
                repaired: true),
        ], rotation: 90, milliseconds: 700)
}
