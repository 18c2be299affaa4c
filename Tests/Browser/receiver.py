"""The mall's end of a webhook: a server on a free port that keeps what it got and answers as it is told."""

import http.server
import threading
import time


class Receiver:
    """`got` holds (path, headers with lower-case names, body) of each call. `answer` is a status, or None to keep silent."""

    def __init__(self):
        self.got, self.answer = [], 200
        self.release = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                if outer.answer is None:
                    outer.release.wait(60)
                    return
                self.send_response(outer.answer)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def host(self):
        return f"127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def wait_for(self, count, within=30):
        deadline = time.monotonic() + within
        while len(self.got) < count:
            assert time.monotonic() < deadline, f"{len(self.got)} of {count} messages came"
            time.sleep(0.05)
        return self.got
