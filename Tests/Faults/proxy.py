"""A TCP proxy that can misbehave: between the server and its database or its object store.

Faults, by `fault(name)`: None (none), "refuse" (new connections are reset, old ones too), "reset" (all connections are
reset once), "black hole" (bytes are taken and go nowhere, both ways, and nobody is told), "deaf" (half open: what the
server asks arrives, the answers do not), "delay" (each piece waits `delay` seconds), "narrow" (`rate` bytes a second).
It runs on a thread of its own.
"""

import asyncio
import socket
import struct
import threading

from harness import free_port


class Proxy:
    def __init__(self, target):
        self.target = target
        self.port = free_port()
        self.name = None
        self.delay = 0.2
        self.rate = 50_000
        self.pairs = set()
        self.accepted = 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.ready = threading.Event()

    def start(self):
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def stop(self):
        self._call(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def fault(self, name, **numbers):
        """Begins a fault, or ends it with None: then connections that lost bytes are reset, as a firewall would."""
        self.__dict__.update(numbers)
        self._call(self._fault(name))

    @property
    def open_connections(self):
        return len(self.pairs)

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.server = self.loop.run_until_complete(asyncio.start_server(self._accept, "127.0.0.1", self.port))
        self.ready.set()
        self.loop.run_forever()

    async def _close(self):
        self.server.close()
        self._reset_all()

    async def _fault(self, name):
        before, self.name = self.name, name
        if name in ("reset", "refuse") or (name is None and before in ("black hole", "deaf")):
            self._reset_all()
        if name == "reset":
            self.name = None

    def _reset_all(self):
        for pair in list(self.pairs):
            for writer in pair:
                abort(writer)

    async def _accept(self, reader, writer):
        self.accepted += 1
        if self.name == "refuse":
            return abort(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            return abort(writer)
        for one in (writer, far_writer):
            one.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = (writer, far_writer)
        self.pairs.add(pair)
        try:
            await asyncio.gather(
                self._pump(reader, far_writer, asks=True), self._pump(far_reader, writer, asks=False)
            )
        finally:
            self.pairs.discard(pair)
            for one in pair:
                abort(one)

    async def _pump(self, reader, writer, asks):
        try:
            while True:
                data = await reader.read(65_536)
                if not data:
                    break
                if self.name == "delay":
                    await asyncio.sleep(self.delay)
                elif self.name == "narrow":
                    await asyncio.sleep(len(data) / self.rate)
                if self.name == "black hole" or (self.name == "deaf" and not asks):
                    continue
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            # One side's end is the other's.
            abort(writer) if self.name == "refuse" else writer.close()


def abort(writer):
    """Ends a connection with RST."""
    connection = writer.get_extra_info("socket")
    if connection is not None:
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass
    writer.transport.abort()
