import Glibc

/// Wakes a thread that waits for a socket.
final class WakePipe: Sendable {
    private let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe (no descriptors left) waiting still ends with its time.
        if pipe(&ends) != 0 { ends = [-1, -1] }
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        if reading >= 0 { Glibc.close(reading) }
        if writing >= 0 { Glibc.close(writing) }
    }

    func give() {
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    /// Waits until `socket` has something to read, somebody gives a sign, or the time is over.
    func wait(on socket: Int32?, atMost time: Duration) {
        // poll passes over negative descriptors.
        var watched = [
            pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&watched, 2, Int32(clamping: max(time.wholeMilliseconds, 1)))
        guard watched[0].revents != 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(reading, &bytes, bytes.count) > 0 {}
    }
}
