"""Claims that are checked last and all of them, even when one of them does not hold."""
import socket

import handling
from world import Broken


def all_hold(world, gateway, events, at_once):
    broken = []
    for claim in (lambda: no_body_after_head(world, gateway), lambda: no_release_broke_off(world),
                  lambda: no_event_stays(world, events), lambda: goes_on_at_once(world, at_once)):
        try:
            claim()
        except Broken as found:
            broken.append(str(found))
    if broken:
        raise Broken("\n✗ ".join(broken))


def no_body_after_head(world, gateway):
    """RFC 9110 §9.3.2. A client takes what follows the head for the next answer: it breaks the
    connection, and whatever it was about to send on it is lost."""
    nothing = "0" * 64
    for port, path in ((gateway.dispatch_port, f"/desk/payloads/{nothing}"),
                       (gateway.intake_port, f"/uploads/{nothing}"),
                       (gateway.intake_port, "/health")):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as door:
            door.sendall(
                f"HEAD {path} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: door.recv(4096), b""))
        head, _, rest = answer.partition(b"\r\n\r\n")
        if rest or not head.startswith(b"HTTP/1.1 "):
            raise Broken(f"no door sends a body after the answer to a HEAD request\n{path}: {rest}")
    world.check(True, "no door sends a body after the answer to a HEAD request")


def no_release_broke_off(world):
    world.check(not handling.BROKEN_OFF, "no release lost its connection while dispatch was up",
                "\n".join(handling.BROKEN_OFF))


def no_event_stays(world, events):
    """DESIGN §6: salt and event are erased with the case, dispatch keeps the commitment."""
    world.check(events == 0, "no sealed salt or event of a destroyed case stays at dispatch",
                f"{events} are left, however often the desk pulls")


def goes_on_at_once(world, at_once):
    """DESIGN §6: *declined* advances the plan; and so says `sallyport-agency ack --help`."""
    world.check(at_once is not False,
                "an office that declines sends the case to the next office at once",
                "the next office had nothing before its time was over")
