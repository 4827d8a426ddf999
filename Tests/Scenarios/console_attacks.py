"""Others who reach for the console: a program of another user, a site that was lured to, a name that
leads to this machine."""
import http.server
import threading
import urllib.parse

from world import get

FORM = "application/x-www-form-urlencoded"


def all_refused(world, lin):
    address = urllib.parse.urlparse(lin.do("address"))
    port, prefix = address.port, address.path.split("/")[1]
    host = f"127.0.0.1:{port}"
    cookie = next(each for each in lin.do("cookies") if each["name"] == "desk")
    world.check(cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["session"]
                and cookie["path"] == f"/{prefix}/",
                "the cookie is for this browser, this session and its own path alone", str(cookie))
    token = lin.do("run", "document.querySelector('[name=token]').value")
    stranger(world, port, prefix)
    with_everything_stolen(world, port, prefix, cookie["value"], token)
    another_port(world, lin, host, prefix, token)
    binds_loopback_alone(world, port)


def stranger(world, port, prefix):
    for path in ("/", f"/{prefix}/", f"/{prefix}/work", "/health", "/case"):
        status, headers, body = get(port, path)
        world.check(status == 403 and b"Locked" in body and b"Queue" not in body,
                    f"{path.replace(prefix, 'PREFIX')} without the cookie: locked, and nothing else")
    for path in (f"/{prefix}/work", "/enter"):
        status, _, body = get(port, path, "POST", "step=fetch&code=0", {
            "Content-Type": FORM, "Origin": f"http://127.0.0.1:{port}"})
        world.check((status, body) == (403, b""), f"a form to {path.replace(prefix, 'PREFIX')}: nothing")


def with_everything_stolen(world, port, prefix, cookie, token):
    """Even who has cookie, path and token must come from the console's own page."""
    right = {"Cookie": f"desk={cookie}", "Origin": f"http://127.0.0.1:{port}",
             "Sec-Fetch-Site": "same-origin", "Content-Type": FORM}
    body = f"token={token}&step=nothing"
    status, _, _ = get(port, f"/{prefix}/work", "POST", body, right)
    world.check(status == 200, "the console's own form is answered")
    wrong = {
        "DNS rebinding": ({"Host": f"evil.example:{port}"}, body, 421),
        "localhost by name": ({"Host": f"localhost:{port}"}, body, 421),
        "another origin": ({"Origin": "http://evil.example"}, body, 403),
        "no origin": ({"Origin": None}, body, 403),
        "another site": ({"Sec-Fetch-Site": "cross-site"}, body, 403),
        "no token": ({}, "step=fetch", 403),
        "a wrong token": ({}, f"token={token[::-1]}&step=fetch", 403),
        "another session": ({"Cookie": f"desk={cookie[::-1]}"}, body, 403),
        "no form": ({"Content-Type": "text/plain"}, body, 400),
    }
    for what, (fields, sent, expected) in wrong.items():
        headers = {name: value for name, value in {**right, **fields}.items() if value is not None}
        status, _, answer = get(port, f"/{prefix}/work", "POST", sent, headers)
        world.check((status, answer) == (expected, b""), f"{what}: refused, without a word",
                    f"{status} {answer[:200]}")
    status, _, answer = get(port, f"/{prefix}/work?step=fetch&token={token}", headers={
        "Cookie": f"desk={cookie}"})
    world.check(status == 200 and b"Fetching: it has" not in answer, "reading changes nothing")
    status, _, answer = get(port, f"/{prefix}/", headers={
        "Cookie": f"desk={cookie}", "Sec-Fetch-Site": "cross-site"})
    world.check((status, answer) == (403, b""), "what another site would show is refused")


class Lure(http.server.BaseHTTPRequestHandler):
    """A page of somebody else on this machine, that sends a form to the console by itself."""

    page, cookies = "", []

    def do_GET(self):
        self.cookies.append(self.headers.get("Cookie"))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *_):
        pass


def another_port(world, lin, host, prefix, token):
    """The verifier's own browser is lured to another port, which even knows path and token."""
    Lure.page = (f"<form method=post action='http://{host}/{prefix}/work'>"
                 f"<input name=token value={token}><input name=step value=publish></form>"
                 "<script>document.forms[0].submit()</script>")
    server = http.server.HTTPServer(("127.0.0.1", 0), Lure)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    lured = f"http://127.0.0.1:{server.server_port}"
    lin.do("goto", lured + "/")
    lin.do("run", "new Promise(done => setTimeout(done, 1500))")
    world.check(all(each is None for each in Lure.cookies), "another port is never sent the cookie",
                str(Lure.cookies))
    lin.do("goto", f"http://{host}/{prefix}/work")
    text = lin.text()
    world.check("Writing all mailboxes: it has" not in text and "Fetch and send" in text,
                "its form was refused, and the session goes on", text)
    server.shutdown()


def binds_loopback_alone(world, port):
    with open("/proc/net/tcp") as table:
        bound = [line.split()[1] for line in table if line.split()[3] == "0A"]
    ours = [each for each in bound if int(each.split(":")[1] if ":" in each else "0", 16) == port]
    world.check(ours == [f"0100007F:{port:04X}"], "it listens on 127.0.0.1 alone", str(ours))
