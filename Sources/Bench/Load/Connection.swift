import Dispatch
import Foundation

/// One kept connection with at most one request under way. It belongs to the one thread of the load.
final class Connection {
    let descriptor: Int32
    private(set) var request: Planned?
    private(set) var sentAt: UInt64 = 0
    /// The server closed it, or it never opened.
    var isBroken = false
    private var sent = 0
    private var buffer: UnsafeMutableRawBufferPointer
    private var received = 0

    struct Broken: Error { let code: Int32 }

    init(host: UInt32, port: UInt16) throws {
        let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptor = opened
        buffer = .allocate(byteCount: 1 << 17, alignment: 16)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = host.bigEndian
        address.sin_port = port.bigEndian
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(opened, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isOpen else { throw Broken(code: errno) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// Begins a request.
    func send(_ new: Planned, at now: UInt64) throws {
        request = new
        sentAt = now
        sent = 0
        received = 0
        try push()
    }

    /// Sends what is left. The socket's buffer is far larger than any request, so that this is hardly ever called again.
    func push() throws {
        guard let bytes = request?.bytes else { return }
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(
                    descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if count < 0, errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, 1_000)
            } else {
                throw Broken(code: errno)
            }
        }
    }

    /// Takes in what has come, and hands over the answer once it is all there.
    func receive(_ take: (Answer, UnsafeRawBufferPointer) -> Void) throws {
        while true {
            if received == buffer.count { grow() }
            let count = recv(descriptor, buffer.baseAddress.map { $0 + received }, buffer.count - received, 0)
            if count > 0 {
                received += count
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<received])
                if let answer = try Answer(bytes) {
                    take(answer, UnsafeRawBufferPointer(rebasing: bytes[answer.body]))
                    request = nil
                    if answer.closes { throw Broken(code: 0) }
                    return
                }
            } else if count < 0, errno == EAGAIN {
                return
            } else {
                throw Broken(code: count == 0 ? 0 : errno)
            }
        }
    }

    private func grow() {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
        buffer.deallocate()
        buffer = larger
    }
}

/// Nanoseconds of a clock that only goes forward.
func monotonic() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
