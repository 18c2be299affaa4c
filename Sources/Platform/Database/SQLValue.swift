package import Kernel

/// A value as both engines store it.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// A type that can fill a hole in SQL and be read back from a column.
package protocol SQLConvertible: Sendable {
    var sqlValue: SQLValue { get }
    /// Reads the value back.
    /// - Throws: `UnfitValue` if the column holds something else. (It does not answer with an optional: generic code would
    ///   have to look the optional's layout up for each column of each row.)
    init(sqlValue: SQLValue) throws(UnfitValue)
}

/// A column holds something else than what is read from it.
package struct UnfitValue: Error {
    package init() {}
}

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .integer(let number) = sqlValue else { throw UnfitValue() }
        self = number
    }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .integer(let number) = sqlValue else { throw UnfitValue() }
        self = Int(number)
    }
}

extension Bool: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .integer(let number) = sqlValue else { throw UnfitValue() }
        self = number != 0
    }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .text(let text) = sqlValue else { throw UnfitValue() }
        self = text
    }
}

extension [UInt8]: SQLConvertible {
    package var sqlValue: SQLValue { .blob(self) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .blob(let bytes) = sqlValue else { throw UnfitValue() }
        self = bytes
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        if case .null = sqlValue { self = Wrapped?.none } else { self = try Wrapped(sqlValue: sqlValue) }
    }
}

extension ID: SQLConvertible {
    package var sqlValue: SQLValue { .text(text) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .text(let text) = sqlValue, Self.canBe(text) else { throw UnfitValue() }
        self.init(checked: text)
    }
}

extension Instant: SQLConvertible {
    package var sqlValue: SQLValue { .integer(milliseconds) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .integer(let number) = sqlValue else { throw UnfitValue() }
        self.init(milliseconds: number)
    }
}

extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    package var sqlValue: SQLValue { .text(rawValue) }
    package init(sqlValue: SQLValue) throws(UnfitValue) {
        guard case .text(let text) = sqlValue, let value = Self(rawValue: text) else { throw UnfitValue() }
        self = value
    }
}
