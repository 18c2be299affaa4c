"""An object store of the test's own, which may be frozen, and what lies in it."""

import json
import subprocess
import urllib.request

from harness import ROOT, dies_with_us


class ObjectStore:
    """SeaweedFS, by scripts/with-seaweedfs."""

    def __init__(self):
        self.process = subprocess.Popen(
            [ROOT / "scripts" / "with-seaweedfs", "--control"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=dies_with_us,
        )
        self.settings = dict(line.split("=", 1) for line in self._lines())
        assert self.settings, "the object store did not start: run `make setup`"

    @property
    def port(self):
        return int(self.settings["RUZHU_S3_ENDPOINT"].rsplit(":", 1)[1])

    def behind(self, port):
        """The settings of a server that reaches it through another port."""
        kept = {name: text for name, text in self.settings.items() if not name.startswith("RUZHU_SEAWEEDFS")}
        return kept | {"RUZHU_S3_ENDPOINT": f"http://127.0.0.1:{port}"}

    def freeze(self):
        """It takes connections, as the kernel does for it, and answers nothing."""
        self._obey("freeze")

    def thaw(self):
        self._obey("thaw")

    def sizes(self, folder="files/documents/"):
        """Name → bytes of all that lies in a folder of the bucket, asked behind the interface that it speaks."""
        found, last = {}, ""
        while True:
            address = self.settings["RUZHU_SEAWEEDFS_BUCKET"] + f"{folder}?limit=1000&lastFileName={last}"
            request = urllib.request.Request(address, headers={"Accept": "application/json"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                page = json.load(answer)
            for entry in page.get("Entries") or []:
                chunks = entry.get("chunks") or []
                size = entry.get("FileSize") or sum(chunk["size"] for chunk in chunks)
                found[entry["FullPath"].rsplit("/", 1)[1]] = size
            last = page.get("LastFileName") or ""
            if not page.get("ShouldDisplayLoadMore"):
                return found

    def stop(self):
        # Ended in its sleep it could not clean up.
        self.thaw()
        self.process.stdin.close()
        self.process.wait(30)

    def _obey(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        self._lines()

    def _lines(self):
        lines = []
        for line in self.process.stdout:
            if line.strip() == "done":
                return lines
            lines.append(line.strip())
        return lines
