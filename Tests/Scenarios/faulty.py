"""A line with a door behind it that misbehaves on request, and is well again when told so."""
import re
import socket
import threading
import time

from swallowing import END, read_message


# As the door itself says that it is full (Sources/Wire/Refusal.swift).
FULL = (503, b"busy: please send the same again later.\n")


class FaultyLine:
    """Passes messages to a port. While `fault(kind, on, times)` holds, requests that begin with `on`
    get, instead of the door's answer:

    - a number: an empty answer with this status
    - a number and bytes: an answer with this status and body
    - "conflict": 409, with the offset that was sent: for ever too early, or too late
    - "silence": none, and the connection stays open
    - "half": half of the door's answer, then the end of the connection

    `asked` has the method and path of every request.
    """

    def __init__(self, target):
        self.target = target
        self.heals()
        self.met = 0
        self.asked = []
        self.reached = threading.Event()
        self.goes_on = threading.Event()
        self.held = b""
        self.rate = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def fault(self, kind, on, times=1 << 30):
        self.kind, self.on, self.left, self.met = kind, on.encode(), times, 0

    def heals(self):
        self.kind, self.on, self.left = None, b"", 0

    def hold(self, on):
        """The first request that begins so waits for `goes_on`; `reached` tells that it is here."""
        self.reached.clear()
        self.goes_on.clear()
        self.held = on.encode()

    def close(self):
        self.goes_on.set()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            with client, socket.create_connection(("127.0.0.1", self.target)) as server:
                while request := read_message(client):
                    self.asked.append(request.partition(b" HTTP")[0].decode())
                    if not self._answers(client, server, request):
                        return
        except OSError:
            pass

    def _answers(self, client, server, request):
        """Whether the connection goes on."""
        if self.held and request.startswith(self.held):
            self.held = b""
            self.reached.set()
            self.goes_on.wait(120)
        if self.rate:
            time.sleep(len(request) / self.rate)
        kind = self._fault(request)
        if kind == "silence":
            # Until the other side has had enough.
            client.recv(1)
            return False
        if isinstance(kind, int):
            kind = (kind, b"")
        if isinstance(kind, tuple):
            status, body = kind
            head = f"HTTP/1.1 {status} Fault\r\nContent-Length: {len(body)}\r\n\r\n"
            client.sendall(head.encode() + body)
            return True
        if kind == "conflict":
            offset = re.search(rb"\r\nupload-offset: *(\d+)", request, re.IGNORECASE).group(1)
            client.sendall(b"HTTP/1.1 409 Fault\r\nUpload-Offset: " + offset
                           + b"\r\nContent-Length: 0\r\n\r\n")
            return True
        server.sendall(request)
        answer = read_message(server)
        if not answer:
            # The door had closed a connection that was not used.
            return False
        if kind == "half":
            # All of the head, and half of what it announces, at least one byte of it missing.
            head = answer.index(END) + len(END)
            client.sendall(answer[:head + (len(answer) - head) // 2])
            return False
        client.sendall(answer)
        return True

    def _fault(self, request):
        if not self.kind or not self.left or not request.startswith(self.on):
            return None
        self.left -= 1
        self.met += 1
        return self.kind
