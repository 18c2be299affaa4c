import Logging
import NIOCore
import Synchronization

/// Keeps the door of a server that is about to stop.
///
/// A listening socket that is closed resets the connections that the kernel has set up and the process has not taken up
/// yet. Their clients have been told that they are connected, and may have sent a write, which no proxy may send to
/// another process. So nobody new is let in for a moment before: a client that knocks then is not answered, and knocks
/// again after a second (RFC 6298, 2.1), when it is refused and goes elsewhere.
final class Doorkeeper: Sendable {
    private let door = Mutex<(any Channel)?>(nil)

    /// Long enough to take up, and to hear out, those who are connected already.
    private static let moment = Duration.milliseconds(250)

    /// The server's listening channel.
    func keep(_ channel: any Channel) { door.withLock { $0 = channel } }

    /// Lets nobody new in, and returns when those who were let in before have been taken up.
    func close(logger: Logger) async {
        guard let socket = door.withLock({ $0 }) as? any SocketOptionProvider else { return }
        do {
            let filter = SocketFilter.withoutNewConnections()
            defer { filter.free() }
            try await socket.unsafeSetSocketOption(level: .socket, name: SocketFilter.option, value: filter).get()
            try await Task.sleep(for: Self.moment)
        } catch {
            // It stops all the same; at worst a connection of the last millisecond is reset.
            logger.notice("New connections could not be held back", metadata: ["error": "\(error)"])
        }
    }
}

/// A classic packet filter, as Linux takes it for a socket (linux/filter.h, `struct sock_fprog`; socket(7)). For a
/// TCP socket it sees each segment from its header on.
///
/// Unchecked because of the pointer, which is only read, by the kernel.
private struct SocketFilter: @unchecked Sendable {
    private var count: UInt16
    private var program: UnsafeMutablePointer<Instruction>

    /// `struct sock_filter`
    private struct Instruction {
        var code: UInt16
        var ifTrue: UInt8 = 0
        var ifFalse: UInt8 = 0
        var value: UInt32
    }

    /// `SO_ATTACH_FILTER`
    static let option = NIOBSDSocket.Option(rawValue: 26)

    /// Drops what begins a connection, SYN without ACK (RFC 9293, 3.1), and lets all else through.
    static func withoutNewConnections() -> SocketFilter {
        let (load, and, jumpIfEqual, end) = (UInt16(0x30), UInt16(0x54), UInt16(0x15), UInt16(0x06))
        let (flags, syn, ack) = (UInt32(13), UInt32(0x02), UInt32(0x10))
        let instructions = [
            Instruction(code: load, value: flags),
            Instruction(code: and, value: syn | ack),
            Instruction(code: jumpIfEqual, ifFalse: 1, value: syn),
            Instruction(code: end, value: 0),
            Instruction(code: end, value: .max),
        ]
        let program = UnsafeMutablePointer<Instruction>.allocate(capacity: instructions.count)
        program.initialize(from: instructions, count: instructions.count)
        return SocketFilter(count: UInt16(instructions.count), program: program)
    }

    /// The kernel has a copy.
    func free() { program.deallocate() }
}
