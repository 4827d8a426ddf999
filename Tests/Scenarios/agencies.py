"""Three offices: one with our program, one with stock tools, one that must get nothing."""
import hashlib
import signal
import subprocess
import time

from gateway import VERIFIERS
from world import Broken, eventually


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Office:
    """One office and the bundle it fetched."""

    def __init__(self, world, gateway, name):
        self.world, self.gateway, self.name = world, gateway, name
        self.home = gateway.home(name)
        self.inbox = world.root / "offices" / f"{name}-bundles"
        self.bundle = None

    def do(self, command, *arguments, expect=0, **more):
        return self.world.run(
            "sallyport-agency", command, "--home", self.home, *arguments, expect=expect, **more)

    def fetch(self):
        return self.do("fetch", "--from", self.gateway.partners, "--directory", self.gateway.note,
                       "--into", self.inbox)

    def fetches(self):
        eventually(lambda: self.fetch() and any(self.inbox.glob("*.tar")),
                   f"a bundle for {self.name}", 30)
        self.bundle = next(self.inbox.glob("*.tar"))
        out, error = self.do("verify", self.bundle)
        self.world.check(True, f"{self.name} fetches its bundle, and everything in it checks")
        self.world.say(out)

    def is_interrupted(self):
        """Opening is cut off by a signal while files are being written."""
        target = self.world.root / "offices" / f"{self.name}-interrupted"
        hidden = f".{target.name}.*"
        opening = subprocess.Popen(
            [self.world.program("sallyport-agency"), "open", "--home", self.home, "-o", target,
             self.bundle], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while opening.poll() is None and not any(target.parent.glob(hidden)):
            time.sleep(0.001)
        opening.send_signal(signal.SIGTERM)
        code = opening.wait(30)
        left = [*target.parent.glob(hidden), *target.parent.glob(target.name)]
        self.world.check(code == 128 + signal.SIGTERM and not left,
                         "opening that a signal ends leaves nothing in the clear",
                         f"ended with {code}, left {left}")

    def is_interrupted_at_once(self):
        """The signal comes while the first folder is being made: strace sends it as the call begins,
        and lets the call return only when the program has had time to act on it."""
        target = self.world.root / "offices" / f"{self.name}-at-once"
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=mkdir", "-e",
             "inject=mkdir:signal=SIGTERM:delay_exit=300000:when=1",
             self.world.program("sallyport-agency"), "open", "--home", self.home, "-o", target,
             self.bundle], capture_output=True, text=True, timeout=60)
        left = [*target.parent.glob(f".{target.name}.*"), *target.parent.glob(target.name)]
        self.world.check(done.returncode == 128 + signal.SIGTERM and not left,
                         "a signal in the moment in which the folder is made leaves nothing either",
                         f"ended with {done.returncode}, left {left} {done.stderr}")

    def opens_everything(self, mother):
        self.fetches()
        if mother.originals:
            self.is_interrupted()
        opened = self.world.root / "offices" / f"{self.name}-opened"
        out, error = self.do("open", "-o", opened, self.bundle)
        files = [path for path in opened.rglob("*") if path.is_file()]
        self.world.say("\n".join(sorted(str(path.relative_to(opened)) for path in files)))
        digests = {digest(path) for path in files}
        for original in mother.originals:
            self.world.check(digest(original) in digests,
                             f"{original.name} is bit-identical to what was on her phone")
        texts = "".join(path.read_text(errors="ignore") for path in files
                        if path.stat().st_size < 100_000)
        self.world.check("2023年2月" in texts and "B区7栋" in texts,
                         "the report and the place are there, as written")

    def opens_with_stock_tools(self, mother):
        """tar, sha256sum, openssl and age: nothing of ours."""
        self.fetches()
        folder = self.world.root / "offices" / f"{self.name}-stock"
        folder.mkdir()
        self.stock("tar", "-x", "-f", self.bundle, "-C", folder)
        for person in VERIFIERS:
            self.stock("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", self.pem(person),
                       "-rawin", "-in", folder / "SHA256SUMS", "-sigfile",
                       folder / f"SHA256SUMS.{person}.sig")
        self.world.check(True, "openssl verifies both verifiers' signatures over SHA256SUMS")
        self.stock("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", cwd=folder)
        self.world.check(True, "sha256sum finds every file as signed")
        texts, originals = b"", []
        for part in sorted(folder.glob("**/*.age")):
            opened = self.stock("age", "-d", "-i", self.home / "identity.age", part)
            if opened[257:262] == b"ustar":
                originals.append(hashlib.sha256(
                    self.stock("tar", "-x", "-O", given=opened)).hexdigest())
            texts += opened
        self.world.check(
            originals and set(originals) <= {digest(path) for path in mother.originals},
            f"tar unpacks {len(originals)} original(s), bit-identical to what was on her phone")
        self.world.check(b"250,000 yuan" in texts, "age opens the summary")
        self.world.check(b"ransom" in texts, "age opens the urgency")
        for word in ("B区7栋", "2023年2月", "只用这个网站回复"):
            if word.encode() in texts:
                raise Broken(f"office B can read {word}")
        gps = mother.photo.read_bytes()[:2000]
        self.world.check(gps not in texts, "no place, no reporter, no original that carries a place")

    def gets_nothing(self):
        out, error = self.fetch()
        self.world.check(not self.inbox.exists() or not any(self.inbox.iterdir()),
                         f"{self.name} gets nothing", out + error)

    def acknowledges(self):
        out, _ = self.do("ack", "--from", self.gateway.partners, "--state", "opened", self.bundle)
        self.world.check("opened" in out, "office A signs that it has opened the bundle", out)

    def stock(self, *command, cwd=None, given=None):
        done = subprocess.run([*map(str, command)], input=given, capture_output=True, cwd=cwd)
        if done.returncode:
            raise Broken(f"{' '.join(map(str, command))}\n{done.stderr.decode(errors='replace')}")
        return done.stdout

    def pem(self, person):
        """The verifier's public key as PEM, from its text in the Keys folder (RFC 8410)."""
        import base64
        import tomllib
        entry = tomllib.loads((self.gateway.keys / "verifiers" / f"{person}.toml").read_text())
        key = base64.b64decode(entry["key"].removeprefix("ed25519:"))
        der = bytes.fromhex("302a300506032b6570032100") + key
        path = self.world.path("offices", f"{person}.pem")
        path.write_text("-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der).decode()
                        + "\n-----END PUBLIC KEY-----\n")
        return path
