"""Somebody with a browser and no screen: keeps cookies, follows redirects, sends forms with the page's own token."""

import html
import http.client
import re
import time
import urllib.parse


class Refused(Exception):
    """The connection was refused, or closed before an answer began."""


class Visitor:
    """Speaks HTTP/1.1 to one address, a connection at a time."""

    def __init__(self, port, source=None):
        self.port, self.source = port, source
        self.cookies = {}
        self.token = self.key = ""
        self.path = self.text = ""
        self.status = 0
        self.connection = None

    def send(self, method, path, body=None, headers=None):
        """One request without following anything. Returns the answer's status, headers and body."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=30, source_address=self.source and (self.source, 0)
            )
        sent = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        try:
            self.connection.request(method, path, body, {**sent, **(headers or {})})
            answer = self.connection.getresponse()
            content = answer.read()
        except (ConnectionError, http.client.HTTPException) as fault:
            self.close()
            raise Refused(str(fault)) from fault
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.split(";")[0]
        if answer.will_close:
            self.close()
        return answer.status, answer, content.decode(errors="replace")

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def open(self, path, method="GET", body=None, headers=None):
        """A page, after all redirects."""
        for _ in range(6):
            status, answer, text = self.send(method, path, body, headers)
            if status != 303:
                break
            path, method, body, headers = answer.getheader("Location").split("#")[0], "GET", None, None
        self.path, self.status, self.text = path, status, text
        if found := re.search(r'name="_csrf" value="([^"]+)"', text):
            self.token = html.unescape(found.group(1))
        if found := re.search(r'name="_key" value="([^"]+)"', text):
            self.key = html.unescape(found.group(1))
        return self

    def post(self, path, fields):
        body = urllib.parse.urlencode({"_csrf": self.token, **fields})
        return self.open(path, "POST", body, {"Content-Type": "application/x-www-form-urlencoded"})

    def codes_sent(self, phone):
        """The codes that the demo's message box shows for a phone, the newest first."""
        masked = re.escape(f"{phone[:3]}****{phone[-4:]}")
        return re.findall(masked + r".{0,80}?验证码 (\d{6})", self.open("/demo/messages").text, re.S)

    def sign_in(self, phone, door="/sign-in"):
        before = self.codes_sent(phone)
        self.open(door)
        self.post(door, {"phone": phone, "consent": "2026-01", "next": "", "_key": self.key})
        challenge = re.search(r"challenge=([0-9a-z]{26})", self.path)
        assert challenge, f"no code was asked for: {self.status} {self.path}"
        code_page, token = self.path, self.token
        for _ in range(100):
            codes = self.codes_sent(phone)
            if len(codes) > len(before):
                break
            time.sleep(0.1)
        assert len(codes) > len(before), f"no new code came for {phone}: {self.text[:500]}"
        self.path, self.token = code_page, token
        self.post(door + "/code", {"challenge": challenge.group(1), "code": codes[0], "next": ""})
        assert "/sign-in" not in self.path, f"not signed in: {self.status} {self.path}"
        return self
