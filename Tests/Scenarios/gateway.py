"""A whole gateway on this machine: fresh keys, a signed directory, and the programs running."""
import pathlib
import subprocess
from datetime import date, timedelta

import users
from world import Broken, World, eventually, free_port, healthy

TODAY = date.today()
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PASSPHRASES = {
    "root": "root passphrase of this demo",
    "desk": "desk passphrase of this demo",
    "lin": "lin passphrase of this demo",
    "okafor": "okafor passphrase of this demo",
}
VERIFIERS = {"lin": "Lin (demo verifier)", "okafor": "Okafor (demo verifier)"}
OFFICES = ["office-a", "office-b", "office-c"]


class Gateway:
    """Keys, directories and ports of one gateway; `world` runs its programs."""

    def __init__(self, world: World):
        self.world = world
        self.root_key = world.path("ceremony", "root.key")
        self.vkey = world.path("ceremony", "root.vkey")
        self.keys = world.path("ceremony", "Keys")
        self.note = self.keys / "directory.note"
        self.policy = self.keys / "policy.json"
        self.intake_port, self.dispatch_port = free_port(), free_port()
        self.intake = self.dispatch = None
        # Without users of their own both doors have the spool where intake puts it by itself.
        self.spool = world.root / ("spool" if world.separate else "intake/spool")
        self.agents = {}
        # Settings that intake keeps when it is started again.
        self.kept = {}

    @property
    def door(self):
        return f"http://127.0.0.1:{self.intake_port}"

    @property
    def partners(self):
        return f"http://127.0.0.1:{self.dispatch_port}"

    # -- the ceremony

    def ceremony(self, with_page=False):
        """Makes every key, and has the root sign who is who; the page is made beside that."""
        world = self.world
        if not world.separate:
            world.say("All programs run as one user here: nothing keeps them apart.")
        (self.keys / "agencies").mkdir(parents=True)
        (self.keys / "verifiers").mkdir()
        vkey, _ = world.run("sallyport", "root", "init", "--out", self.root_key,
                            lines=[PASSPHRASES["root"]])
        self.vkey.write_text(vkey)
        if with_page:
            self.begin_page()
        self.make_log()
        self.make_desk()
        for office in OFFICES:
            self.make_office(office)
        self.sign()

    def make_office(self, office):
        kind = ["--x25519"] if office == "office-b" else []
        lines, _ = self.world.run(
            "sallyport-agency", "init", "--home", self.home(office), "--office", office,
            "--root-key", self.vkey, "--no-passphrase", *kind)
        keys = [line for line in lines.splitlines() if line.startswith(("recipient", "signing_key"))]
        template = (REPOSITORY / "Keys/agencies" / f"{office}.toml.example").read_text()
        kept = [line for line in template.splitlines() if not line.startswith(
            ("# recipient", "# signing_key"))]
        at = kept.index("[description]")
        (self.keys / "agencies" / f"{office}.toml").write_text(
            "\n".join(kept[:at] + keys + [""] + kept[at:]) + "\n")

    def make_log(self):
        vkey, _ = self.world.run(
            "sallyport-dispatch", "init", "--config", self.dispatch_config(), "--log-name",
            "demo.invalid/custody")
        (self.keys / "log.vkey").write_text(vkey)

    def make_desk(self):
        world = self.world
        self.agent_socket = world.path("run", "desk", "desk.sock")
        world.give(self.agent_socket.parent, "agent", 0o2750, "desk")
        world.give(self.desk, "agent", 0o2770, "desk")
        world.give(self.desk_keys, "agent", 0o700)
        (self.keys / "desk.toml").write_text(world.run(
            "sallyport-desk", "init", "--desk", self.desk, "--keys", self.desk_keys,
            "--root", self.vkey, "--agent", self.agent_socket, "--dispatch", self.partners,
            "--opens", TODAY.isoformat(), "--closes", (TODAY + timedelta(days=89)).isoformat(),
            lines=[PASSPHRASES["desk"]], user="agent")[0])
        for person, name in VERIFIERS.items():
            (self.keys / "verifiers" / f"{person}.toml").write_text(world.run(
                "sallyport-desk", "keygen-verifier", "--person", person, "--name", name, "-o",
                self.verifier_key(person), lines=[PASSPHRASES[person]], user=person)[0])

    def sign(self, *options):
        self.world.run(
            "sallyport", "root", "sign", "--root", self.root_key, "--keys", self.keys, "--out",
            self.note, "--policy", self.policy, *options, lines=[PASSPHRASES["root"]])

    def home(self, office):
        return self.world.root / "offices" / office

    @property
    def desk(self):
        return self.world.root / "desk"

    @property
    def desk_keys(self):
        return self.world.root / "desk-keys"

    def verifier_key(self, person):
        path = self.world.path("verifiers", person, "signing.key")
        self.world.give(path.parent, person, 0o700)
        return path

    def signer(self, person):
        path = self.world.path("run", person, "signer.sock")
        self.world.give(path.parent, person, 0o700)
        return path

    def begin_page(self):
        """Begins to make the reporter's page that trusts this root; see Deploy/page."""
        self.page = self.world.root / "page"
        self.maker = subprocess.Popen(
            [REPOSITORY / "Deploy/page", "--root-key", self.vkey, "--out", self.page])

    def made_page(self):
        """The folder of the page, once it is whole."""
        if self.maker.wait():
            raise Broken("the page could not be made")
        return self.page

    # -- the desk

    def start_desk(self):
        """Takes the directory, and starts the desk agent and each verifier's signing agent."""
        self.world.run("sallyport-desk", "directory", "--desk", self.desk, self.note, self.policy)
        people = [users.USERS[person] for person in VERIFIERS] if self.world.separate else []
        allowed = [word for user in people for word in ("--allow", user)]
        self.agents["agent"] = self.world.start(
            "desk-agent", "sallyport-desk", "agent", "--socket", self.agent_socket, "--keys",
            self.desk_keys, *allowed, lines=[PASSPHRASES["desk"]],
            ready=self.agent_socket.exists, user="agent")
        for person in VERIFIERS:
            self.agents[person] = self.world.start(
                f"signer-{person}", "sallyport-desk", "signer", "--socket", self.signer(person),
                "--key", self.verifier_key(person), ready=self.signer(person).exists, user=person)

    def spooled(self):
        """The frames that the door accepted and dispatch has not taken yet."""
        return sorted(path.name for path in (self.spool / "new").iterdir())

    def emptied(self, seconds=30):
        """Waits until dispatch has taken all of them: what a pull brings is no matter of luck then."""
        eventually(lambda: not self.spooled(), "dispatch taking everything from the spool", seconds)

    def at_desk(self, command, *arguments, by=None, says=(), expect=0, timeout=240):
        """One command of the desk's program; `by` is the verifier who gives it, `says` what they
        type before their passphrase."""
        signer = ["--signer", self.signer(by)] if by else []
        return self.world.run(
            "sallyport-desk", command, "--desk", self.desk, *signer, *arguments,
            lines=[*says, *([PASSPHRASES[by]] if by else [])], expect=expect, timeout=timeout,
            user=by)

    # -- the doors

    def start_doors(self):
        self.start_dispatch()
        self.start_intake()

    @property
    def log_key(self):
        return self.world.path("dispatch-keys", "log.key")

    def directories(self):
        """What an administrator makes for both doors; see Deploy/units/sallyport.tmpfiles."""
        give = self.world.give
        give(self.world.root / "dispatch", "dispatch", 0o700)
        give(self.log_key.parent, "dispatch", 0o700)
        give(self.world.root / "public", "dispatch", 0o755)
        give(self.world.root / "intake", "intake", 0o700)
        give(self.spool, None, 0o755)
        give(self.spool / "new", "intake", 0o2770, "spool")
        give(self.spool / "tmp", "intake", 0o2700, "spool")
        give(self.spool / "uploads", "intake", 0o2700, "spool")
        give(self.spool / "corrupt", "dispatch", 0o700)

    def dispatch_config(self):
        self.directories()
        config = self.world.path("config", "dispatch.yaml")
        config.write_text(yaml({
            "state": self.world.root / "dispatch", "spool": self.spool,
            "public": self.world.root / "public", "log-key": self.log_key,
            "root-key": self.vkey.read_text().strip(),
            "checkpoint-seconds": 1, "mailbox-seconds": 1,
            "listen": {"host": "127.0.0.1", "port": self.dispatch_port},
        }))
        return config

    def start_dispatch(self):
        config = self.dispatch_config()
        self.world.run("sallyport-dispatch", "adopt-directory", "--config", config, self.note)
        self.dispatch = self.world.start(
            "dispatch", "sallyport-dispatch", "serve", "--config", config,
            ready=healthy(self.dispatch_port))

    def intake_settings(self, **more):
        return {
            "data": self.world.root / "intake", "spool": self.spool,
            "published": self.world.root / "public",
            "root-key": self.vkey.read_text().strip(),
            "listen": {"host": "127.0.0.1", "port": self.intake_port},
            "refresh-seconds": 1, **more,
        }

    def start_intake(self, **more):
        if "page" in more:
            self.kept["page"] = more["page"]
        config = self.world.path("config", "intake.yaml")
        config.write_text(yaml(self.intake_settings(**{**self.kept, **more})))
        self.intake = self.world.start(
            "intake", "sallyport-intake", "serve", "--config", config,
            ready=healthy(self.intake_port))


def yaml(settings, indent=""):
    """Settings as YAML: names, texts, numbers and one level of nesting are all that is needed."""
    lines = []
    for key, value in settings.items():
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:\n{yaml(value, indent + '  ')}")
        else:
            lines.append(f"{indent}{key}: {value}\n")
    return "".join(lines)
