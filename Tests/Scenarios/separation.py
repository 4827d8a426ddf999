"""Each program runs as its own user and shares only what it must."""
import pathlib
import re
import subprocess
import sys

import users
from world import Broken, eventually

CONFIGURATIONS = pathlib.Path(__file__).resolve().parents[2] / "Deploy/config"
CONNECT = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"


def holds(world, gateway):
    """Checked while the doors, the desk agent and both signing agents run."""
    configurations(world)
    if not world.separate:
        return world.say("Not as root: what keeps users apart is not checked.")
    processes(world, gateway)
    doors(world, gateway)
    desk(world, gateway)
    sockets(world, gateway)


# -- the files that are shipped

def configurations(world):
    """The annotated files are accepted, as they are and with every setting they explain."""
    for door in ("intake", "dispatch"):
        text = (CONFIGURATIONS / f"{door}.yaml").read_text()
        every = re.sub(r"(?m)^( *)# ( *[a-z-]+:( \S+)?)$", r"\1\2", text)
        for name, content in [(door, text), (f"{door}-every-setting", every)]:
            path = world.path("config", "shipped", f"{name}.yaml")
            path.write_text(content)
            world.run(f"sallyport-{door}", "check-config", "--config", path)
        path.write_text(every + "no-such-setting: 1\n")
        _, error = world.run(f"sallyport-{door}", "check-config", "--config", path,
                             expect="failure")
        if "no-such-setting" not in error and "no_such_setting" not in error:
            raise Broken(f"an unknown setting is named\n{error}")
    world.check(True, "the annotated configuration of both doors is accepted, every setting of it too")


# -- processes

def processes(world, gateway):
    running = {"intake": gateway.intake, "dispatch": gateway.dispatch, **gateway.agents}
    for user, process in running.items():
        folder = pathlib.Path(f"/proc/{process.pid}")
        status = dict(line.split(":\t", 1) for line in (folder / "status").read_text().splitlines())
        number = str(users.USERS[user])
        shared = str(users.GROUPS[users.MEMBERS[user]])
        if not (set(status["Uid"].split()) == set(status["Gid"].split()) == {number}
                and status["Groups"].split() == [shared] and int(status["CapEff"], 16) == 0
                and status["NoNewPrivs"].strip() == "1"):
            raise Broken(f"{user} does not run as itself alone: {status}")
        if (folder / "mem").stat().st_uid != 0 or reads(user, folder / "environ"):
            raise Broken(f"{user}'s process can be looked into by its own user")
    world.check(len({process.pid for process in running.values()}) == 5,
                "intake, dispatch, the desk agent and both signing agents run as five users without"
                " privileges")
    plain = subprocess.Popen([*users.prefix("lin"), "sleep", "60"])
    try:
        comm = pathlib.Path(f"/proc/{plain.pid}/comm")
        eventually(lambda: comm.read_text() == "sleep\n", "a plain process", 5)
        can = reads("lin", f"/proc/{plain.pid}/environ")
    finally:
        plain.kill()
        plain.wait()
    world.check(can, "not even their own user can read their memory; a plain process's it could")


# -- files

def doors(world, gateway):
    root = world.root
    own = {
        "dispatch": [root / "dispatch/dispatch.sqlite", gateway.log_key, root / "dispatch/blobs",
                     gateway.spool / "corrupt"],
        "intake": [root / "intake/door-secret", root / "intake/parked", gateway.spool / "uploads",
                   gateway.spool / "tmp"],
    }
    only(own, "dispatch", ["intake", "agent", "lin"])
    world.check(True, "intake's user cannot read dispatch's state, its log key, or what it set aside")
    only(own, "intake", ["dispatch", "agent", "lin"])
    world.check(True, "dispatch's user cannot read intake's door secret, parked states or uploads")
    for user in ("intake", "dispatch"):
        refused(user, "mv", gateway.spool / "new", gateway.spool / "old")
    refused("intake", "touch", root / "public/checkpoint")
    refused("intake", "mkdir", root / "public/mailbox/9")
    refused("lin", "ls", gateway.spool / "new")
    world.check(reads("intake", root / "public/checkpoint"),
                "intake reads what dispatch publishes and cannot change it; neither can put something"
                " else in the spool's place")


def desk(world, gateway):
    keys = {person: [gateway.verifier_key(person)] for person in ("lin", "okafor")}
    keys["agent"] = [gateway.desk_keys / "store.age", gateway.desk_keys / "epoch-1.age",
                     gateway.desk_keys / "cases"]
    everybody = list(users.USERS)
    for owner in keys:
        only(keys, owner, [user for user in everybody if user != owner])
    world.check(True, "only the desk agent's user can read the desk's keys, and only each verifier's"
                      " user their own key")
    for user in ("intake", "dispatch"):
        refused(user, "ls", gateway.desk)
    for user in ("lin", "okafor"):
        allowed(user, "cat", gateway.desk / "settings.json")
    world.check(True, "the verifiers share the desk's folder, and with nobody else")


def sockets(world, gateway):
    connects = [sys.executable, "-I", "-c", CONNECT]
    for user in ("lin", "okafor"):
        allowed(user, *connects, gateway.agent_socket)
        allowed(user, *connects, gateway.signer(user))
    for user in ("intake", "dispatch"):
        refused(user, *connects, gateway.agent_socket)
    refused("okafor", *connects, gateway.signer("lin"))
    world.check(True, "the verifiers reach the desk agent and each their own signing agent; the doors'"
                      " users reach neither, and a verifier not the other's")


def only(paths, owner, others):
    """The owner can read each of its paths (so the question is a real one), nobody else can."""
    for path in paths[owner]:
        if not reads(owner, path):
            raise Broken(f"{owner} cannot read its own {path}")
        for user in others:
            if reads(user, path):
                raise Broken(f"{user} can read {owner}'s {path}")


def reads(user, path):
    path = pathlib.Path(path)
    done = users.attempt(user, "ls" if path.is_dir() else "cat", path)
    if done.returncode and b"ermission denied" not in done.stderr:
        raise Broken(f"{user} and {path}: {done.stderr.decode(errors='replace')}")
    return done.returncode == 0


def allowed(user, *command):
    done = users.attempt(user, *command)
    if done.returncode:
        raise Broken(f"{user} is refused: {command}\n{done.stderr.decode(errors='replace')}")


def refused(user, *command):
    done = users.attempt(user, *command)
    if not done.returncode or b"ermission denied" not in done.stderr:
        raise Broken(f"{user} is not refused: {command}\n{done.stderr.decode(errors='replace')}")
