"""People who hand in photos, as a whole and in parts, and note what was acknowledged."""

import hashlib
import http.client
import json
import re
import threading
import time

from harness import ROOT

# What a photo may be answered while its store can't be reached.
BORNE = {"blobs.unavailable", "blobs.full"}


def targets(data, kind):
    """The people of targets.tsv that have an application of a kind: (session, application)."""
    rows = [line.split("\t") for line in (data / "targets.tsv").read_text().splitlines()[1:]]
    return [(row[2], row[4]) for row in rows if row[0] == kind]


def picture(chance, size=0):
    """A photo that nobody has handed in before. Above the size of the sample, noise that no decoder looks at fills it."""
    paper = (ROOT / ".local" / "papers" / "licence-03.jpg").read_bytes()
    noise = b""
    while len(noise) < max(64, size - len(paper)):
        part = chance.randbytes(min(65_000, max(64, size - len(paper) - len(noise))))
        noise += b"\xff\xfe" + (len(part) + 2).to_bytes(2, "big") + part
    # Behind the head, which has to be near the beginning, and before the scan (ITU-T T.81, B.1).
    place = 2
    while paper[place + 1] != 0xDA:
        place += 2 + int.from_bytes(paper[place + 2:place + 4], "big")
    return paper[:place] + noise + paper[place:]


class Refused(Exception):
    """The store can't be reached, and the answer said so."""


class Photographer(threading.Thread):
    """Hands in photo after photo, each until it is acknowledged. Whatever is neither right nor a clear refusal is noted
    in `faults`."""

    def __init__(self, server, number, people, chance, large_every=0):
        super().__init__(daemon=True)
        self.server, self.number, self.people, self.chance = server, number, people, chance
        self.large_every = large_every
        self.stopped = threading.Event()
        # (path, cookie, SHA-256 of what was sent)
        self.kept = []
        self.lengths = set()
        self.refusals = {}
        self.slowest = 0
        self.faults = []
        self.count = 0

    def run(self):
        for session, application in self.people:
            for name in ("legalRepresentative.front", "legalRepresentative.back", "licence.picture"):
                if self.stopped.is_set():
                    return
                try:
                    self.hand_in(session, application, name)
                except Exception as fault:
                    self.faults.append(f"photographer {self.number}: {fault!r}")
                    return
        self.faults.append(f"photographer {self.number} ran out of applications")

    def hand_in(self, session, application, name):
        visitor = f"{self.number:0>24}".replace("0", "w")
        cookie = {"Cookie": f"ruzhu_session={session}; ruzhu_visitor={visitor}",
                  "X-Forwarded-For": f"10.9.{self.number}.{self.count % 250}"}
        self.count += 1
        is_large = self.large_every and self.count % self.large_every == 0
        photo = picture(self.chance, 9_000_000 if is_large else 0)
        page = f"/applications/{application}/steps/licence"
        before, token = self.shown(page, cookie)
        if self.count % 2:
            self.lengths.add(len(photo))
            self.patiently(lambda: self.post(page, cookie, token, f"file.{name}", photo, '; filename="a.jpg"'))
        else:
            upload = self.in_parts(photo, cookie)
            self.lengths.add(len(photo))
            self.patiently(lambda: self.post(page, cookie, token, f"upload.{name}", upload.encode(), ""))
        new = self.shown(page, cookie)[0] - before
        assert len(new) == 1, f"{len(new)} new pictures show on {page}"
        self.kept.append((new.pop(), cookie, hashlib.sha256(photo).digest()))

    def shown(self, page, cookie):
        status, body = self.server.ask(page, headers=cookie)
        assert status == 200, f"{page} answers {status}: {body[:300]!r}"
        token = re.search(rb'name="_csrf" value="([^"]+)"', body).group(1)
        return {path.decode() for path in re.findall(rb"/documents/[a-z0-9]{20,}/picture", body)}, token

    def patiently(self, act):
        """Does it again and again while the store is away. After the end it is given up."""
        while True:
            began = time.monotonic()
            try:
                return act()
            except Refused as refusal:
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.refusals[str(refusal)] = self.refusals.get(str(refusal), 0) + 1
                assert not self.stopped.wait(0.05), "stopped while the store was away"

    def send(self, method, path, body, headers, wanted):
        asked = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            asked.request(method, path, body, {"Accept": "application/json"} | headers)
            answer = asked.getresponse()
            text = answer.read()
        finally:
            asked.close()
        if answer.status == 503:
            problem = json.loads(text)
            assert problem["code"] in BORNE and re.search("[\u4e00-\u9fff]", problem["title"]), problem
            raise Refused(problem["code"])
        # Of a page, what it says and not how it looks.
        said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text.decode(errors="replace").split("<main", 1)[-1]))
        assert answer.status == wanted, f"{method} {path} answers {answer.status}: {said[:600]}"
        return answer

    def post(self, page, cookie, token, name, value, rest):
        edge = b"----edge"
        kind = b"\r\nContent-Type: image/jpeg" if rest else b""
        form = b"".join(
            b"--" + edge + b'\r\nContent-Disposition: form-data; name="' + part + b'"' + more + b"\r\n\r\n" + content + b"\r\n"
            for part, more, content in [
                (b"_csrf", b"", token), (b"go", b"", b"upload"), (name.encode(), rest.encode() + kind, value)]
        ) + b"--" + edge + b"--\r\n"
        self.send("POST", page, form, cookie | {"Content-Type": "multipart/form-data; boundary=" + edge.decode()}, 303)

    def in_parts(self, photo, cookie):
        """By tus, in two parts: what was acknowledged of it is not sent again. Returns the upload's id."""
        tus = cookie | {"Tus-Resumable": "1.0.0"}
        place = self.send("POST", "/api/uploads", b"", tus | {"Upload-Length": str(len(photo))}, 201).getheader("Location")
        middle = len(photo) // 2
        for start, end in ((0, middle), (middle, len(photo))):
            part = photo[start:end]
            self.lengths.add(len(part))
            headers = tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(start)}
            self.patiently(lambda: self.send("PATCH", place, part, headers, 204))
        return place.rsplit("/", 1)[1]
