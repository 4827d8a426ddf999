"""Somebody at a terminal who changes their mind while a passphrase is asked for."""
import os
import pty
import re
import resource
import signal
import termios

from world import eventually


def interrupted(world):
    """Ctrl-C at the prompt ends the program and leaves the terminal as it was."""
    arguments = ["sallyport-desk", "keygen-verifier", "--person", "lin", "-o",
                 str(world.path("prompt", "lin.key"))]
    pid, terminal = pty.fork()
    if pid == 0:
        # Where core files are off anyway, the program would show nothing by having none.
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        os.execv(world.program(arguments[0]), arguments)
    told = os.read(terminal, 1024).decode()
    world.check("passphrase" in told, "a passphrase is asked for at the terminal", told)
    eventually(lambda: not shows_typing(terminal), "what is typed is not shown")
    with open(f"/proc/{pid}/limits") as limits:
        core = re.search(r"Max core file size\s+(\d+)", limits.read())
    world.check(core and core.group(1) == "0", "a crash of the program leaves no core file")
    os.write(terminal, b"half a pass\x03")
    _, status = os.waitpid(pid, 0)
    world.check(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT,
                "Ctrl-C ends the program", str(status))
    world.check(shows_typing(terminal), "and the terminal shows again what is typed")
    os.close(terminal)


def shows_typing(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
