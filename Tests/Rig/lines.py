"""Lines to a door: one that stays open and is timed, and one that betrays by being late."""
import socket
import threading
import time

from swallowing import read_message, without_date


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: door\r\n\r\n".encode()


class Door:
    """One connection to intake that stays open, as a patient captor would have it."""

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request):
        """The answer without its date, and the nanoseconds it took."""
        began = time.perf_counter_ns()
        self.connection.sendall(request)
        answer = read_message(self.connection)
        return without_date(answer), time.perf_counter_ns() - began


class LateLine:
    """Passes messages to a port; those in `late` arrive so many microseconds later."""

    def __init__(self, target, late, microseconds):
        self.target, self.late, self.seconds = target, late, microseconds / 1_000_000
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with client, Door(self.target).connection as server:
            while request := read_message(client):
                until = time.perf_counter() + (self.seconds if request in self.late else 0)
                while time.perf_counter() < until:
                    pass
                server.sendall(request)
                client.sendall(read_message(server))
