"""The page in other browsers and windows: Firefox, private windows, without wasm; and what a browser
keeps of a visit, also when somebody leaves in a hurry, or when it dies."""
import random

import answers
import leftovers
from senders import pulled
from world import Broken, CuttingProxy, HoldingProxy

STORY = "Second floor, blue gate: they beat him"
SHORT = {"language": "en", "site": "Gate Nine", "danger": ["life"], "story": STORY, "share": [],
         "never": [], "files": []}
# Where a browser notes, in an ordinary window, that an address was visited: its history, the tabs it
# would open again, and what it counts about sites. A page cannot prevent it; people are told so.
# What Chromium keeps under "Code Cache" is the name of the script, without a byte of it; Firefox on a
# slow machine leaves such names in "doomed", which it empties when it starts again.
HISTORY = {
    "firefox": ("places.sqlite", "favicons.sqlite", "sessionstore", "cache2/doomed/"),
    "chromium": ("Default/History", "Default/Sessions/", "Default/Preferences", "Default/Code Cache/",
                 "Default/Network", "Default/Favicons", "Default/Top Sites", "Default/Visited Links",
                 "segmentation_platform/"),
}
CACHED_NAME_BYTES = 1024


class Visit:
    """One visit with a fresh profile, and what is in the profile after it."""

    def __init__(self, phone, command, browser, hidden=False, **more):
        self.world, self.browser = phone.world, browser
        self.profile = phone.world.root / f"profile-{random.getrandbits(64):x}"
        self.name = f"{browser.title()}, {'a private' if hidden else 'an ordinary'} window"
        self.seen = phone.browse(command, phone.gateway.intake_port, browser, hidden=hidden,
                                 profile=str(self.profile), **{**SHORT, **more})
        self.host = f"127.0.0.1:{phone.gateway.intake_port}"

    def keeps_no_word(self, when):
        """Neither words nor number; the number as it is shown, typed, and each half of it."""
        digits = self.seen["digits"]
        secrets = [STORY, SHORT["site"], digits, digits.replace(" ", ""), digits[:9], digits[-9:]]
        found = {secret: files for secret in secrets
                 if (files := leftovers.holding(self.profile, secret))}
        self.world.check(not found, f"{self.name}: no word and no digit is in the profile {when}",
                         str(found))

    def keeps_the_address_alone(self):
        """That the address was visited is in the history, and nothing of the page in a cache."""
        files = leftovers.holding(self.profile, self.host)
        strange = [file for file in files if not file.startswith(HISTORY[self.browser])]
        large = [file for file in files if "cache" in file.lower()
                 and (self.profile / file).stat().st_size > CACHED_NAME_BYTES]
        self.world.check(files and not strange and not large,
                         f"{self.name}: the address is in the history and what belongs to it, the page "
                         "in no cache and no storage", f"{files}")

    def keeps_nothing(self):
        files = leftovers.holding(self.profile, self.host)
        self.world.check(not files, f"{self.name}: not even the address is in the profile", str(files))


def first_texts(phone):
    """The smallest report in each kind of window; then the profile is looked at."""
    for browser in ("firefox", "chromium"):
        sent = Visit(phone, "send", browser)
        sent.keeps_no_word("after sending")
        sent.keeps_the_address_alone()
        sent = Visit(phone, "send", browser, hidden=True)
        sent.keeps_no_word("after sending")
        sent.keeps_nothing()
    seen = phone.browse("send", phone.gateway.intake_port, "firefox", **SHORT, wasm=False)
    phone.leaves_nothing(seen, "en")
    phone.world.check(not seen["wasm"], "Firefox without wasm sends it as well: "
                      f"{seen['seconds']:.1f} s after the last tap", str(seen))


def ends_early(phone):
    """All is written and the number on the screen: she leaves by the quick exit, or the phone dies."""
    for browser in ("firefox", "chromium"):
        left = Visit(phone, "escape", browser)
        left.world.check(not left.seen["left"].startswith("http://127"), f"{left.name}: three times"
                         " Escape leads away", str(left.seen))
        left.keeps_no_word("after the quick exit")
        left.keeps_the_address_alone()
        Visit(phone, "escape", browser, dies=True).keeps_no_word("when it dies before anything is sent")


def files(phone, mebibytes):
    """Photo, paper and a larger file, cut off in an ordinary window of Firefox, and finished in a
    private one; the desk has all three."""
    world, gateway = phone.world, phone.gateway
    clip = world.path("mother", "clip.mp4")
    clip.write_bytes(random.randbytes(mebibytes << 20))
    originals = [phone.photo, phone.document, clip]
    proxy = HoldingProxy(gateway.intake_port, clip.stat().st_size // 2)
    seen = phone.browse("send", proxy.port, "firefox", last=clip.name, cut=0.4,
                        **{**SHORT, "files": list(map(str, originals))})
    proxy.close()
    world.check(seen.get("killed"), f"Firefox is killed in the middle of a file of {mebibytes} MiB")
    line = CuttingProxy(gateway.intake_port, 1 << 62)
    again = phone.browse("add", line.port, "firefox", hidden=True, digits=seen["digits"],
                         language="en", files=[str(clip)])
    line.close()
    world.check(not again["trouble"] and line.sent < clip.stat().st_size * 3 // 4,
                "a private window goes on with the number and the file: "
                f"{line.sent >> 20} MiB were sent again", f"{again} {line.sent}")
    phone.leaves_nothing(again, "en")
    answers.are_identical(world, gateway, newest_case(gateway), originals)


def newest_case(gateway):
    """The one case with files that a pull brings."""
    cases, told = pulled(None, gateway)
    with_files = [name for name in cases if "] evidence" in gateway.at_desk("show", name)[0]]
    if len(with_files) != 1:
        raise Broken(f"one case with files, not {with_files}\n{told}")
    return with_files[0]
