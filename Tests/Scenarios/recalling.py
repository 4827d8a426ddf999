"""A supplement for an office that has answered; then a recall of everything, from an office that has
it and from one that had not fetched it yet."""
import re
import sqlite3

import handling
import inputs
from agencies import digest
from deciding import line
from handling import Answering, Sender
from world import eventually

MORE = "THIS IS MORE OF A CASE THAT YOU HAVE"
WORDS = "His sister asks you to leave the house alone."
FROZEN = "The case is frozen: withdrawn without the right code word. Nothing goes out."


def play(world, gateway):
    sender = Sender(world, gateway, "recalled", ["office-a", "office-b"],
                    [*handling.FEW, "evidence"])
    [name] = handling.taken(world, gateway)
    case = handling.examined(world, gateway, name)
    first, second = (Answering(world, gateway, office) for office in ("office-a", "office-b"))
    for office in (first, second):
        office.inbox = world.root / "offices" / f"{office.name}-recalled"
    told = handling.approved(case)
    waiting = is_released(world, gateway, case, first, second, told)
    more = adds(world, gateway, sender, case, first, waiting)
    is_refused(world, case, first)
    numbers = is_frozen(world, gateway, sender, case)
    recalls = is_sent(world, gateway, case, numbers, first, more)
    never_fetched(world, second, waiting, recalls["office-b"])
    opened = is_opened(world, first, recalls["office-a"], numbers["office-a"], more)
    keeps_from_use(world, first, more, opened)
    is_answered(world, gateway, case, first)
    is_over(world, gateway, case, second, waiting)


def file(office, name):
    """Where the office has what this digest names."""
    return office.inbox / f"{name[:16]}.bundle.tar"


def both(case):
    """Two persons approve; what the first of them is shown."""
    told = [case.do("approve", by=person)[0] for person in ("lin", "okafor")]
    return told[0]


def fetched(office, name):
    eventually(lambda: handling.gets(office, name), f"{name[:16]} at {office.name}", 30)
    return file(office, name)


def is_released(world, gateway, case, first, second, told):
    """To two offices, of which one fetches and answers. Returns the digest that the other has
    waiting."""
    bundles = handling.bundles(handling.released(world, case))
    world.check(sorted(bundles) == ["office-a", "office-b"], "a case is released to two offices",
                told)
    first.bundle = fetched(first, bundles["office-a"])
    first.says("opened")
    out, error = gateway.at_desk("pull")
    world.check(f"{case.name}: office-a: opened" in out,
                "one of them says that it has opened its bundle; the other has not asked yet",
                out + error)
    return bundles["office-b"]


# -- the reporter sends more

def adds(world, gateway, sender, case, office, waiting):
    """Returns the office's two files, the supplement last. What waits for the other office is held
    when something comes, and goes on."""
    paper = world.path("recalled", "通知.pdf")
    inputs.document(paper)
    sender.do("add", "--evidence", paper, lines=[sender.receipt])
    world.check(handling.taken(world, gateway) == [case.name],
                "what the reporter adds comes to the same case")
    [number] = re.findall(r"\[(\d+)\] evidence “", case.do("show")[0])
    case.do("label", number, "--contains", "none", by="lin")
    eventually(lambda: state(world, waiting) == "queued", "what waits being held")
    world.check(True, "what the other office has not fetched is held meanwhile")
    case.do("resume", says=["It changes nothing."], by="lin")
    eventually(lambda: state(world, waiting) == "offered", "what waits being offered")
    world.check(True, "and waits for it again when somebody lets the case go on")
    out, _ = case.do("prepare")
    offices = re.findall(r"^prepared [0-9a-f]{64} for (\S+)$", out, re.M)
    world.check(offices == ["office-a"],
                "what is new is prepared for the office that answered, and for no other", out)
    told = both(case)
    world.check(MORE in told and "parts/00.age: evidence" in told
                and "parts/01.age" not in told and "It adds to your bundle number" in told,
                "whoever approves reads in the cover sheet what it adds to", told)
    bundles = handling.bundles(handling.released(world, case))
    supplement = fetched(office, bundles["office-a"])
    earlier = number_of(office, office.bundle)
    out, _ = office.do("verify", supplement)
    world.check(f"adds to:      number {earlier} ({office.bundle.name[:16]})" in out
                and "parts:        1\n" in out,
                "the office has the new part alone, and verify says which bundle it adds to", out)
    opened = world.root / "offices" / "office-a-more"
    _, error = office.do("open", "-o", opened, supplement)
    parts = list((opened / "parts").iterdir())
    cover = (opened / "cover.txt").read_text()
    world.check([digest(part) for part in parts] == [digest(paper)] and MORE in cover
                and f"It adds to number {earlier}" in error,
                "opened, it is that file, bit-identical, and the cover sheet says so too",
                f"{parts}\n{cover}{error}")
    return [office.bundle, supplement]


def number_of(office, bundle):
    """Its number for the office, which can still use it."""
    return int(re.search(r"^number: +(\d+)$", office.do("verify", bundle)[0], re.M).group(1))


# -- the recall

def is_refused(world, case, office):
    """A reason that there is not, an office that has nothing, one person alone."""
    had = set(office.inbox.iterdir())
    reason = ["--reason", "mistaken"]
    handling.refuses(world, case, "recall", "angry is no reason", "a recall needs one of its reasons",
                     "--reason", "angry", says=[""])
    handling.refuses(world, case, "recall", "office-c has nothing of this case",
                     "from an office that has nothing there is nothing to recall", *reason,
                     "--office", "office-c", says=[""])
    case.do("recall", *reason, "--office", "office-a", says=[""])
    case.lacks_a_person("no recall is sent without approvals")
    case.do("approve", by="lin")
    case.lacks_a_person("nor with one approval")
    office.fetch()
    world.check(set(office.inbox.iterdir()) == had, "and the office gets nothing of it")


def is_frozen(world, gateway, sender, case):
    """Somebody withdraws with a wrong word. Returns the numbers that each office has."""
    sender.withdraws(word="a wrong word")
    handling.taken(world, gateway)
    handling.refuses(world, case, "prepare", FROZEN, "from a frozen case nothing is prepared")
    out, _ = case.do("recall", "--reason", "withdrawn", says=[WORDS])
    offices = re.findall(r"^prepared the recall [0-9a-f]{64} for (\S+)$", out, re.M)
    world.check(offices == ["office-a", "office-b"],
                "but it can be recalled, from every office that has something", out)
    told = both(case)
    numbers = {office: list(map(int, re.findall(r"number (\d+)", named)))
               for office, named in re.findall(
                   r"^(office-[abc]): RECALL of all that it has of this case: (.*)$", told, re.M)}
    world.check(len(numbers["office-a"]) == 2 and len(numbers["office-b"]) == 1 and WORDS in told,
                "whoever approves reads the number of each bundle, and the desk's own words", told)
    return numbers


def is_sent(world, gateway, case, numbers, office, bundles):
    """Returns the recalls' digests by office."""
    world.check([number_of(office, bundle) for bundle in bundles] == numbers[office.name],
                "the numbers are those of the two bundles that the office has", str(numbers))
    out, _ = case.do("release")
    recalls = dict(re.findall(r"^recalled from (\S+): ([0-9a-f]{64})$", out, re.M))
    world.check(sorted(recalls) == ["office-a", "office-b"],
                "approved by two persons, the recall leaves the frozen case", out)
    return recalls


def never_fetched(world, office, waiting, recall):
    """Of the case, the recall is all that the office gets."""
    path = fetched(office, recall)
    world.check(not file(office, waiting).exists(),
                "an office that had not fetched its bundle gets the recall alone")
    out, _ = office.do("verify", path)
    world.check("RECALLS:      number" in out and f"({waiting[:16]})" in out,
                "which names the bundle", out)


def is_opened(world, office, recall, numbers, bundles):
    """Returns the folder of the opened recall."""
    anew = office.inbox.parent / "office-a-anew"
    _, error = office.do("fetch", "--from", office.gateway.partners, "--directory",
                         office.gateway.note, "--into", anew)
    named = [f"number {number} (" for number in numbers]
    world.check("RECALL: the desk takes back" in error and all(name in error for name in named),
                "an office that has everything is told of the recall as it fetches it", error)
    world.check((anew / f"{recall[:16]}.bundle.tar").exists()
                and not any((anew / bundle.name).exists() for bundle in bundles),
                "and is not served again what it had fetched")
    office.bundle = fetched(office, recall)
    out, _ = office.do("verify", office.bundle)
    world.check("RECALLS:" in out and all(name in out for name in named) and "parts:" not in out,
                "verify says what is recalled", out)
    opened = office.inbox.parent / "office-a-recall"
    out, _ = office.do("open", "-o", opened, office.bundle)
    cover = (opened / "cover.txt").read_text()
    world.check("WHAT WE ASK OF YOU" in cover and "Delete it and every copy" in cover
                and WORDS in cover and "read cover.txt and do what it asks" in out,
                "its cover sheet says what to do, and has the desk's own words", out + cover)
    world.check(sorted(path.name for path in opened.iterdir()) == ["cover.txt", "predicate.json"],
                "there is no folder for parts")
    return opened


def keeps_from_use(world, office, bundles, opened):
    for bundle in bundles:
        target = opened.with_name("office-a-recalled-opened")
        for command in (["verify"], ["open", "-o", target]):
            out, error = office.do(*command, bundle, expect=1)
            world.check("the desk has recalled it, with bundle number" in error and not out
                        and not target.exists() and not any(opened.parent.glob(f".{target.name}*")),
                        f"{command[0]} refuses what is recalled and writes nothing", out + error)


def is_answered(world, gateway, case, office):
    office.says("acted", "Deleted, here and at the station.")
    out, error = gateway.at_desk("pull")
    trail, _ = case.do("trail")
    world.check(f"{case.name}: office-a: acted" in out, "the office answers that it has acted",
                out + error)
    world.check("released to office-a (a recall)" in trail
                and "released to office-b (a recall)" in trail
                and "office-a answered: acted" in trail and "a bundle was stopped (office-b)" in trail,
                "and the trail shows the recalls, the answer, and what dispatch stopped", trail)


def is_over(world, gateway, case, office, waiting):
    """The case goes on; what was recalled does not come back."""
    handling.refuses(world, case, "recall", "No office has anything of this case that could be"
                     " recalled", "it cannot be recalled twice", "--reason", "unsafe", says=[""])
    case.do("resume", says=["The withdrawal was forced."], by="lin")
    shown = case.do("show")[0]
    world.check("recalled from every office" in line(gateway, case)
                and "state: recalled from every office" in shown,
                "once the case goes on, the desk sees that it is recalled from every office",
                line(gateway, case) + shown)
    world.check(state(world, waiting) == "stopped" and not handling.gets(office, waiting),
                "and the office that had not fetched its bundle does not get it any more")


def state(world, name):
    """Where dispatch has the bundle."""
    database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
    ((found,),) = database.execute("SELECT state FROM bundle WHERE digest = ?",
                                   [bytes.fromhex(name)]).fetchall()
    database.close()
    return found
