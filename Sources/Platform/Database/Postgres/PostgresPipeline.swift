import CPostgres
import Glibc

/// One connection in libpq's pipeline mode: commands are put into a flight and sent together, and answers that nobody
/// waits for are taken from the wire with the next flight. Used on one thread only.
final class PostgresPipeline {
    private enum Expected {
        /// The answer to a command; `text` is that of a statement being prepared.
        case command(preparing: String?)
        /// The answer to a command that nobody waits for.
        case ignored
        case sync
    }

    let connection: OpaquePointer
    private var expected: [Expected] = []
    /// A warning came since this was set to false.
    private(set) var hasWarning = false
    private(set) var isLost = false
    private let patience: Duration
    /// Whether one statement may take as long as it likes: the server was told so too.
    var isPatient = false

    /// Takes over an open connection.
    ///
    /// - Parameter patience: how long the server may be silent when it owes an answer. A machine that stands still goes
    ///   on to acknowledge what TCP brings, so that the connection never breaks by itself.
    init(_ connection: OpaquePointer, patience: Duration) {
        self.connection = connection
        self.patience = patience
        PQsetNoticeReceiver(
            connection,
            { context, notice in
                guard let context, let notice else { return }
                let severity = PQresultErrorField(notice, PostgresPipeline.nonLocalizedSeverity)
                guard let severity, String(cString: severity) == "WARNING" else { return }
                Unmanaged<PostgresPipeline>.fromOpaque(context).takeUnretainedValue().hasWarning = true
            }, Unmanaged.passUnretained(self).toOpaque())
        if PQenterPipelineMode(connection) != 1 { isLost = true }
    }

    deinit { PQfinish(connection) }

    // Macros of character literals, which Swift does not import.
    fileprivate static let nonLocalizedSeverity = Int32(UInt8(ascii: "V"))
    fileprivate static let sqlState = Int32(UInt8(ascii: "C"))
    fileprivate static let primaryMessage = Int32(UInt8(ascii: "M"))

    // MARK: Sending

    /// Adds a command without values.
    func send(_ text: String, isIgnored: Bool = false) throws {
        try check(PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, 1))
        expected.append(isIgnored ? .ignored : .command(preparing: nil))
    }

    func send(_ text: String, _ values: [SQLValue]) throws {
        let types = values.map(PostgresType.of)
        try check(
            try PostgresParameters(values).withPointers { count, values, lengths, formats in
                PQsendQueryParams(connection, text, count, types, values, lengths, formats, 1)
            })
        expected.append(.command(preparing: nil))
    }

    func sendPrepare(_ text: String, _ statement: PreparedStatements.Statement) throws {
        try check(PQsendPrepare(connection, statement.name, text, Int32(statement.types.count), statement.types))
        expected.append(.command(preparing: text))
    }

    func sendPrepared(_ statement: PreparedStatements.Statement, _ parameters: PostgresParameters) throws {
        try check(
            parameters.withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(connection, statement.name, count, values, lengths, formats, 1)
            })
        expected.append(.command(preparing: nil))
    }

    /// Ends the flight and, outside of BEGIN, the transaction.
    func sync() throws {
        try check(PQpipelineSync(connection))
        expected.append(.sync)
    }

    /// Asks for the answers so far without ending the transaction.
    func flush() throws {
        try check(PQsendFlushRequest(connection))
        if PQflush(connection) < 0 { throw lost() }
    }

    private func check(_ sent: Int32) throws {
        if sent != 1 { throw lost() }
    }

    // MARK: Receiving

    struct Answer: ~Copyable {
        let result: OpaquePointer
        deinit { PQclear(result) }
    }

    /// Takes all answers from the wire and returns the last one.
    ///
    /// - Parameter onUnprepared: is called with the text of a statement that could not be prepared.
    /// - Throws: the first `PostgresFault` among the answers that somebody waits for.
    func receive(onUnprepared: (String) -> Void = { _ in }) throws -> Answer? {
        let awaited = expected
        expected = []
        var last: OpaquePointer?
        var fault: PostgresFault?
        for reply in awaited {
            if isLost { break }
            guard isPatient || Self.answers(connection, within: patience) else {
                if let last { PQclear(last) }
                throw lost()
            }
            guard let result = PQgetResult(connection) else {
                if let last { PQclear(last) }
                throw lost()
            }
            let status = PQresultStatus(result)
            switch reply {
            case .sync:
                PQclear(result)
                if status != PGRES_PIPELINE_SYNC { fault = fault ?? lost() }
            case .ignored:
                PQclear(result)
                finishCommand()
            case .command(let text):
                if status == PGRES_FATAL_ERROR, fault == nil { fault = Self.fault(of: result, on: connection) }
                if let text, status != PGRES_COMMAND_OK { onUnprepared(text) }
                if let last { PQclear(last) }
                last = result
                finishCommand()
            }
            if PQstatus(connection) == CONNECTION_BAD { isLost = true }
        }
        if isLost || fault != nil {
            if let last { PQclear(last) }
            throw fault ?? lost()
        }
        return last.map { Answer(result: $0) }
    }

    /// Waits until an answer can be taken without blocking; false if none came in time. A broken connection counts as an
    /// answer: taking it tells why.
    static func answers(_ connection: OpaquePointer, within patience: Duration) -> Bool {
        let deadline = ContinuousClock.now + patience
        while PQisBusy(connection) == 1 {
            let rest = deadline - .now
            guard rest > .zero else { return false }
            var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: rest.wholeMilliseconds + 1))
            if ready > 0, PQconsumeInput(connection) != 1 { return true }
        }
        return true
    }

    /// A command's answers end with a null.
    private func finishCommand() {
        while let extra = PQgetResult(connection) {
            PQclear(extra)
            if PQstatus(connection) == CONNECTION_BAD { return }
        }
    }

    func forgetWarnings() { hasWarning = false }

    private func lost() -> PostgresFault {
        isLost = true
        return PostgresFault(
            state: "", message: String(cString: PQerrorMessage(connection)), isDisconnected: true)
    }

    private static func fault(of result: OpaquePointer, on connection: OpaquePointer) -> PostgresFault {
        func field(_ code: Int32) -> String { PQresultErrorField(result, code).map { String(cString: $0) } ?? "" }
        let state = field(sqlState)
        let message = field(primaryMessage)
        return PostgresFault(
            state: state, message: message.isEmpty ? String(cString: PQresultErrorMessage(result)) : message,
            isDisconnected: PQstatus(connection) == CONNECTION_BAD || state.isEmpty)
    }
}
