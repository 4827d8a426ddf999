"""A dishonest server: passes everything on from a door, and changes one thing."""
import http.client
import http.server
import threading


class Liar:
    """Listens on `port` until it is closed."""

    # What is changed, and what verify-page says of it.
    LIES = {
        "one other letter in a page": "/en/: other bytes than the manifest says",
        "another page for browsers that take Brotli": "(as br): other bytes than the manifest says",
        "no security policy": "its type, its security policy or another field",
        "a cookie": "it carries the header field Set-Cookie",
        "another key for who has no script": "/recipient: it does not say what the signed directory says",
        "a field that leads elsewhere": "/offices/en: it carries the header field Refresh",
        "a page that may be kept": "its type, its security policy or another field",
        "no organisations to choose": "/offices/en: it does not say what the signed directory says",
        "a file that is not there": "the server answers with 404",
    }

    def __init__(self, target, lie):
        if lie not in self.LIES:
            raise ValueError(lie)
        handler = type("Handler", (Handler,), {"target": target, "lie": lie})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        coding = self.headers.get("Accept-Encoding", "identity")
        door = http.client.HTTPConnection("127.0.0.1", self.target, timeout=20)
        door.request("GET", self.path, headers={"Accept-Encoding": coding})
        answer = door.getresponse()
        status, fields, body = self.told(answer.status, dict(answer.getheaders()), answer.read(), coding)
        self.send_response_only(status)
        for name, value in fields.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def told(self, status, fields, body, coding):
        if self.lie == "one other letter in a page" and self.path == "/en/" and coding == "identity":
            body = body.replace(b"money", b"honey", 1)
        elif self.lie.startswith("another page for browsers") and self.path == "/en/" and coding == "br":
            body += b"\0"
        elif self.lie == "no security policy" and self.path == "/en/":
            fields = {name: value for name, value in fields.items()
                      if name.lower() != "content-security-policy"}
        elif self.lie == "a cookie" and self.path == "/zh-Hans/":
            fields = {**fields, "Set-Cookie": "visitor=1"}
        elif self.lie.startswith("another key") and self.path == "/recipient":
            body = body[:-3] + b"qq\n"
        elif self.lie == "a field that leads elsewhere" and self.path == "/offices/en":
            fields = {**fields, "Refresh": "0; url=https://example.org/"}
        elif self.lie == "a page that may be kept" and self.path == "/ur/":
            fields = {**fields, "Cache-Control": "max-age=3600"}
        elif self.lie == "no organisations to choose" and self.path == "/offices/en":
            body = b""
        elif self.lie == "a file that is not there" and self.path == "/my/":
            status, body = 404, b"not-found"
        return status, fields, body

    def log_message(self, *_):
        """Nothing."""
