import CPostgres

/// The types that the product's columns and results have (`pg_type.oid`, fixed by PostgreSQL).
enum PostgresType {
    static let unspecified: Oid = 0
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let char: Oid = 18
    static let name: Oid = 19
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let oid: Oid = 26
    static let unknown: Oid = 705
    static let bpchar: Oid = 1042
    static let varchar: Oid = 1043
    static let numeric: Oid = 1700
    static let void: Oid = 2278

    static func of(_ value: SQLValue) -> Oid {
        switch value {
        case .null: unspecified
        case .integer: int8
        case .text: text
        case .blob: bytea
        }
    }
}

/// The values of one statement in PostgreSQL's binary form, side by side in one buffer.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    /// - Throws: `UnstorableText`.
    init(_ values: [SQLValue]) throws {
        offsets.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            switch value {
            case .null: break
            case .integer(let number): withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
            case .text(let text):
                bytes.append(contentsOf: text.utf8)
                if bytes[start...].contains(0) { throw UnstorableText() }
            case .blob(let blob): bytes.append(contentsOf: blob)
            }
            offsets.append(value == .null ? nil : start)
            lengths.append(Int32(bytes.count - start))
        }
        // An empty value still needs an address that is not null.
        bytes.append(0)
    }

    typealias Body = (
        _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
        _ formats: UnsafePointer<Int32>?
    ) -> Int32

    func withPointers(_ body: Body) -> Int32 {
        let binary = [Int32](repeating: 1, count: offsets.count)
        return bytes.withUnsafeBytes { buffer in
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { lengths in
                    binary.withUnsafeBufferPointer { binary in
                        body(
                            Int32(pointers.count), pointers.baseAddress, lengths.baseAddress, binary.baseAddress)
                    }
                }
            }
        }
    }
}

/// The columns of a result.
struct PostgresColumns {
    let names: [String]
    let types: [Oid]

    init(of result: OpaquePointer) {
        let range = 0..<PQnfields(result)
        names = range.map { String(cString: PQfname(result, $0)) }
        types = range.map { PQftype(result, $0) }
    }

    /// - Throws: `PostgresFault` for a type that no column of ours has.
    func rows(of result: OpaquePointer) throws -> [Row] {
        var rows: [Row] = []
        let count = PQntuples(result)
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            var values: [SQLValue] = []
            values.reserveCapacity(types.count)
            for (column, type) in types.enumerated() {
                values.append(try Self.value(of: result, row, Int32(column), type))
            }
            rows.append(Row(columns: names, values: values))
        }
        return rows
    }

    private static func value(of result: OpaquePointer, _ row: Int32, _ column: Int32, _ type: Oid) throws -> SQLValue {
        if PQgetisnull(result, row, column) == 1 { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        switch type {
        case PostgresType.int8: return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case PostgresType.int4: return .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case PostgresType.int2: return .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case PostgresType.oid: return .integer(Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        case PostgresType.bool: return .integer(bytes.first == 1 ? 1 : 0)
        case PostgresType.text, PostgresType.varchar, PostgresType.name, PostgresType.bpchar, PostgresType.char,
            PostgresType.unknown:
            return .text(String(decoding: bytes, as: UTF8.self))
        case PostgresType.bytea: return .blob(Array(bytes))
        case PostgresType.numeric: return whole(bytes)
        case PostgresType.void: return .null
        default: throw PostgresFault(state: "42804", message: "a result of type \(type)", isDisconnected: false)
        }
    }

    /// A whole number in the form of `numeric_send`: counts of digits and weight, sign, scale, digits to base 10,000.
    /// Sums of BIGINT come so. What is no whole number of 64 bits is null, as it is on SQLite.
    private static func whole(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        func field(_ position: Int) -> Int64 {
            Int64(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: position * 2, as: Int16.self)))
        }
        guard bytes.count >= 8 else { return .null }
        let (count, weight, sign) = (Int(field(0)), Int(field(1)), field(2))
        guard sign == 0 || sign == 0x4000, bytes.count >= 8 + count * 2, count <= weight + 1 else { return .null }
        var number: Int64 = 0
        for position in 0..<max(weight + 1, 0) {
            let digit = position < count ? field(4 + position) : 0
            let (shifted, tooLarge) = number.multipliedReportingOverflow(by: 10_000)
            let (sum, overflow) = shifted.subtractingReportingOverflow(digit)
            if tooLarge || overflow { return .null }
            number = sum
        }
        // Counted downwards, so that the smallest number fits too.
        if sign == 0x4000 { return .integer(number) }
        return number == .min ? .null : .integer(-number)
    }
}
