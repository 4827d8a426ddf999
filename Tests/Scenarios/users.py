"""Users of this machine for the programs: numbers only, no account is made.

Each program runs as its own; what two of them share, they share through one group.
"""
import os
import shutil
import subprocess

USERS = {"intake": 61001, "dispatch": 61002, "agent": 61003, "lin": 61004, "okafor": 61005}
GROUPS = {"spool": 61101, "desk": 61102}
MEMBERS = {"intake": "spool", "dispatch": "spool", "agent": "desk", "lin": "desk", "okafor": "desk"}


def can_separate():
    return os.geteuid() == 0 and shutil.which("setpriv") is not None


def usual(program, arguments):
    """Who runs a program when nobody in particular is named; None for whoever runs the scenario.

    The programs of reporters, offices and the root's keepers stand for other computers.
    """
    if program == "sallyport-desk":
        return "agent" if arguments[0] == "init" else "lin"
    return {"sallyport-intake": "intake", "sallyport-dispatch": "dispatch"}.get(program)


def prefix(user):
    """What runs a command as a user, with no group but its own and the shared one."""
    number = str(USERS[user])
    return ["setpriv", "--reuid", number, "--regid", number, "--groups",
            str(GROUPS[MEMBERS[user]]), "--no-new-privs", "--"]


def attempt(user, *command):
    """Runs a command as a user and returns what became of it."""
    return subprocess.run([*prefix(user), *map(str, command)], capture_output=True, cwd="/",
                          timeout=30)


def give(path, user, mode, group=None):
    """Makes a directory that belongs to a user, as an administrator would before the first start."""
    path.mkdir(parents=True, exist_ok=True)
    owner = USERS[user] if user else 0
    os.chown(path, owner, GROUPS[group] if group else owner)
    path.chmod(mode)


def open_stick(path):
    """A stick that is carried between machines knows no owners."""
    path.mkdir(exist_ok=True)
    for place in [path, *path.rglob("*")]:
        place.chmod(0o777 if place.is_dir() else 0o666)
