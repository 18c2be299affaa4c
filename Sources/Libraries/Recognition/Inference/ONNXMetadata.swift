import Foundation

/// Reads the metadata of an ONNX file: the recogniser carries its own list of characters there.
///
/// Source: onnx.proto3, `ModelProto.metadata_props = 14` of `StringStringEntryProto { key = 1, value = 2 }`;
/// Protocol Buffers encoding, wire types 0, 1, 2 and 5.
enum ONNXMetadata {
    static func value(of key: String, in file: Data) -> String? {
        file.withUnsafeBytes { raw in
            var model = ProtobufFields(bytes: raw)
            while let field = model.next() {
                guard field.number == 14, let entry = field.content else { continue }
                var (name, value) = ("", "")
                var parts = ProtobufFields(bytes: entry)
                while let part = parts.next() {
                    guard let content = part.content else { continue }
                    if part.number == 1 { name = String(decoding: content, as: UTF8.self) }
                    if part.number == 2 { value = String(decoding: content, as: UTF8.self) }
                }
                if name == key { return value }
            }
            return nil
        }
    }
}

/// Walks the fields of one message; stops at the first thing that makes no sense.
private struct ProtobufFields {
    let bytes: UnsafeRawBufferPointer
    var at = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func next() -> (number: Int, content: UnsafeRawBufferPointer?)? {
        guard let tag = varint() else { return nil }
        let number = Int(truncatingIfNeeded: tag >> 3)
        switch tag & 7 {
        case 0: return varint() == nil ? nil : (number, nil)
        case 1: return skip(8) ? (number, nil) : nil
        case 5: return skip(4) ? (number, nil) : nil
        case 2:
            guard let length = varint(), length <= UInt64(bytes.count - at) else { return nil }
            defer { at += Int(length) }
            return (number, UnsafeRawBufferPointer(rebasing: bytes[at..<(at + Int(length))]))
        default: return nil
        }
    }

    private mutating func skip(_ count: Int) -> Bool {
        guard count <= bytes.count - at else { return false }
        at += count
        return true
    }

    private mutating func varint() -> UInt64? {
        var (value, shift) = (UInt64(0), UInt64(0))
        while at < bytes.count, shift < 64 {
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }
}
