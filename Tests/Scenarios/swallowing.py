"""A line that loses answers: it passes everything on, but not the first answers to a tip."""
import socket
import threading

END = b"\r\n\r\n"


class SwallowingProxy:
    """Passes bytes to a port; the first `swallow` answers to `POST /tips` never come back.

    `requests` are the tips as they went up, `answers` what the door said to each (without dates).
    """

    def __init__(self, target, swallow):
        self.target, self.left = target, swallow
        self.requests, self.answers = [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

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
                    server.sendall(request)
                    answer = read_message(server)
                    if request.startswith(b"POST /tips "):
                        self.requests.append(request)
                        self.answers.append(without_date(answer))
                        if self.left > 0:
                            self.left -= 1
                            return
                    client.sendall(answer)
        except OSError:
            pass

    def close(self):
        self.listener.close()


def read_message(source):
    """One whole HTTP/1.1 message whose length its head gives; empty at the end."""
    message = b""
    while END not in message:
        piece = source.recv(65536)
        if not piece:
            return b""
        message += piece
    head, _, _ = message.partition(END)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(message) < len(head) + len(END) + length:
        piece = source.recv(65536)
        if not piece:
            break
        message += piece
    return message


def send_raw(port, request):
    """Sends the bytes of a request; the answer without its date."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as door:
        door.sendall(request)
        return without_date(read_message(door))


def without_date(answer):
    return b"\r\n".join(
        line for line in answer.split(b"\r\n") if not line.lower().startswith(b"date:"))
