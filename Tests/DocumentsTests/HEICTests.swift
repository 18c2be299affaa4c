import Accounts
import Foundation
import Kernel
import PictureConversion
import Testing

@testable import Documents

/// With the product's own executable as the converting process, and photos made by libheif's `heif-enc`.
@Suite("HEIC photos")
struct HEICTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let executable = root.appending(path: ".build/debug/ruzhu").path
    static let photo = Result { try make() }

    /// A telephone's photo: turned by its metadata, which also say where it was taken.
    static func make() throws -> (heic: [UInt8], width: Int, height: Int) {
        let paper = try Data(contentsOf: root.appending(path: ".local/papers/licence-00.jpg"))
        let header = try PictureHeader(Array(paper))
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "ruzhu-heic-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (source, target) = (folder.appending(path: "a.jpg"), folder.appending(path: "a.heic"))
        try (paper.prefix(2) + exif + paper.dropFirst(2)).write(to: source)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/heif-enc")
        process.arguments = ["-q", "50", "-o", target.path, source.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (Array(try Data(contentsOf: target)), header.width, header.height)
    }

    static let place = "N 30.2741 E 120.1551"

    /// An APP1 segment with an orientation of 6 (turn right) and a place in an ASCII tag (ImageDescription).
    static let exif: [UInt8] = {
        let text = Array(place.utf8) + [0]
        var tiff: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 2]
        tiff += [0x01, 0x0E, 0, 2, 0, 0, 0, UInt8(text.count), 0, 0, 0, 38]
        tiff += [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
        tiff += [0, 0, 0, 0] + text
        let body = Array("Exif".utf8) + [0, 0] + tiff
        return [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
    }()

    private let converter = HEICConverter(executable: executable, arguments: ["convert-picture"])

    @Test("A photo is shown as it was taken, upright and without its place, and kept as it was sent")
    func converted() async throws {
        let photo = try Self.photo.get()
        #expect(photo.heic.contains(Array(Self.place.utf8)))
        let world = try await World(converter: Bridge(converter))
        let id = try await world.upload(photo.heic, .other)
        let document = try #require(try await world.document(id))
        #expect(document.mediaType == .jpeg)
        let shown = try await world.documents.picture(of: document)
        let header = try PictureHeader(shown)
        // Whether heif-enc turns the picture by its metadata or leaves it depends on its version; no side is lost.
        #expect(Set([header.width, header.height]) == Set([photo.width, photo.height]))
        #expect(!shown.contains(Array(Self.place.utf8)))
        #expect(document.original != nil)
        #expect(try await world.count() == 2)
        #expect(try !world.everyByteOnDisk().contains(Array(Self.place.utf8)), "the original is sealed")
    }

    @Test("A photo that is cut short is refused", arguments: [30, 100, 500, 5_000])
    func truncated(count: Int) async throws {
        let photo = try Self.photo.get()
        await #expect(throws: HEICConverter.Fault.damaged) {
            _ = try await converter.jpeg(from: Array(photo.heic.prefix(count)))
        }
    }

    @Test("A photo that claims to be huge is refused before it is decoded")
    func bomb() async throws {
        var heic = try Self.photo.get().heic
        let box = Array("ispe".utf8)
        for position in heic.indices.dropLast(20) where heic[position..<(position + 4)].elementsEqual(box) {
            heic.replaceSubrange((position + 8)..<(position + 16), with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
        }
        let fault = await #expect(throws: HEICConverter.Fault.self) { _ = try await converter.jpeg(from: heic) }
        #expect(fault == .tooManyPixels || fault == .damaged)
    }

    @Test("Whatever is damaged in a photo, it is converted or refused, and the product goes on", arguments: 0..<16)
    func damaged(seed: UInt64) async throws {
        var heic = try Self.photo.get().heic
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 11
        for _ in 0..<12 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            // Half of the damage goes to the boxes at the beginning.
            let reach = seed.isMultiple(of: 2) ? heic.count : min(heic.count, 700)
            heic[Int(state >> 33) % reach] = UInt8(truncatingIfNeeded: state >> 20)
        }
        do throws(HEICConverter.Fault) {
            let jpeg = try await converter.jpeg(from: heic)
            #expect((try? PictureHeader(jpeg)) != nil, "seed \(seed)")
        } catch {
            #expect(error != .unavailable, "seed \(seed)")
        }
    }

    @Test("A process that says nothing is ended in time, and one that dies is told from one that is not there")
    func processes() async throws {
        let start = ContinuousClock.now
        let deaf = HEICConverter(
            executable: "/bin/sh", arguments: ["-c", "exec sleep 3600"], patience: .milliseconds(300))
        await #expect(throws: HEICConverter.Fault.damaged) { _ = try await deaf.jpeg(from: [1]) }
        // Hundreds of tests wait for two threads at the same time; an hour is beyond any of that.
        #expect(ContinuousClock.now - start < .seconds(600), "far less than it would sleep")
        let dying = HEICConverter(executable: "/bin/sh", arguments: ["-c", "kill -SEGV $$"])
        await #expect(throws: HEICConverter.Fault.damaged) { _ = try await dying.jpeg(from: [1]) }
        let missing = HEICConverter(executable: "/nonexistent", arguments: [])
        await #expect(throws: HEICConverter.Fault.unavailable) { _ = try await missing.jpeg(from: [1]) }
    }

    @Test("Without a converter the photo is refused with a way out")
    func without() async throws {
        let world = try await World()
        await #expect(throws: UploadRefusal.heic) { _ = try await world.upload(DocumentsTests.heic, .other) }
    }
}

/// The converter as documents know it.
private struct Bridge: PictureConverter {
    let converter: HEICConverter

    init(_ converter: HEICConverter) { self.converter = converter }

    func jpeg(fromHEIC bytes: [UInt8]) async throws(PictureConverterFault) -> [UInt8] {
        do throws(HEICConverter.Fault) {
            return try await converter.jpeg(from: bytes)
        } catch {
            throw error == .tooManyPixels ? .tooManyPixels : error == .damaged ? .damaged : .unavailable
        }
    }
}
