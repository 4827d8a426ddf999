"""Cases that belong together: found by the machine, linked by a person, undone, and never told."""
import json
import re

from handling import Sender, taken
from senders import submit

NUMBER = "+66 81 555 0199"
REASON = "the same recruiter and the same brother"
UNKNOWN = "ffffffffffff"


class Aunt(Sender):
    """She reports the same man as a stranger does, in another script; both know the recruiter."""

    def __init__(self, world, gateway):
        self.world, self.gateway = world, gateway
        self.tip = world.path("aunt", "tip.json")
        self.tip.write_text(json.dumps({
            "report": {"narrative": f"A man with the number {NUMBER} promised work in a hotel."},
            "person": {"people": [{"names": ["Zhang Linbei"], "age": "2001"}]}}))
        self.told, _ = self.do("submit", "--tip", self.tip)
        self.receipt = re.search(r"\d{4}( \d{4}){4}", self.told).group()


def stranger(world, gateway):
    path = world.path("stranger", "linked.json")
    path.write_text(json.dumps({
        "report": {"narrative": "有人答应给他工作，后来就没有消息了。"},
        "person": {"people": [{"names": ["张林北"], "age": "2001"}]},
        "perpetrators": {"accounts": ["+66815550199"]}}))
    submit(world, gateway, path, "--no-receipt")


def at_desk(gateway, command, *arguments, **more):
    return gateway.at_desk(command, *arguments, **more)


def new_case(world, gateway):
    gateway.emptied()
    names = taken(world, gateway)
    world.check(len(names) == 1, "one new case is at the desk", str(names))
    return names[0]


def linked(gateway, name):
    out, _ = at_desk(gateway, "links", name)
    return re.findall(r"^linked  ([0-9a-f]{12})  (.*)$", out, re.M)


def are_found(world, gateway):
    """Two reporters, one man, one recruiter; returns both cases and the aunt."""
    aunt = Aunt(world, gateway)
    first = new_case(world, gateway)
    stranger(world, gateway)
    second = new_case(world, gateway)
    out, error = at_desk(gateway, "links", first)
    world.say(out)
    block = out.split(second)[1].splitlines() if second in out else []
    reasons = [line for line in block[1:] if line.startswith("    ")]
    world.check(f"strong  {second}" in out.splitlines()[0]
                and "the same telephone number: +66815550199" in reasons[0],
                "a number that two reporters typed differently is the first reason", out + error)
    world.check("names that sound alike: Zhang Linbei / 张林北" in out,
                "and one name in two scripts the next", out)
    world.check(f"sallyport-desk link {first} {second}" in error, "it says what to do next", error)
    return first, second, aunt


def by_a_person(world, gateway, first, second):
    before = at_desk(gateway, "show", second)[0]
    out, error = at_desk(gateway, "link", first, second, by="lin", says=[REASON])
    world.check(f"case {first} and case {second} are linked" in out and "unlink" in error,
                "lin links them, and is told how to take it back", out + error)
    for one, other in ((first, second), (second, first)):
        found = linked(gateway, one)
        world.check([name for name, _ in found] == [other] and found[0][1].startswith("by lin at ")
                    and found[0][1].endswith(REASON), "each case shows the other, who, and why",
                    str(found))
        out, _ = at_desk(gateway, "links", one)
        world.check(f"  {other}\n" not in out, "and does not propose it again", out)
    after = at_desk(gateway, "show", second)[0]
    line = [each for each in after.splitlines() if each not in before.splitlines()]
    world.check(len(line) == 1 and line[0].startswith("linked: "),
                "nothing else of the case has changed", "\n".join(line))


def wrong(world, gateway, first, second):
    for arguments, says, words, claim in (
            ((first, UNKNOWN), ["x"], f"There is no case called {UNKNOWN}", "an unknown case"),
            ((first, first), ["x"], "a case cannot be linked to itself", "a case and itself"),
            ((first, second), ["x"], f"linked already, by lin: {REASON}", "two that are linked"),
            ((first, second), [""], "Say why", "no reason")):
        out, error = at_desk(gateway, "link", *arguments, by="okafor", says=says, expect=1)
        world.check(words in error and not out, f"{claim}: refused in words", out + error)
    world.check(len(linked(gateway, first)) == 1, "and none of it has changed anything")


def is_undone(world, gateway, first, second):
    out, _ = at_desk(gateway, "unlink", second, first, by="okafor", says=["another man"])
    world.check("are not linked any more" in out, "okafor takes it back from the other side", out)
    world.check(not linked(gateway, first) and not linked(gateway, second),
                "and neither case shows it")
    _, error = at_desk(gateway, "unlink", first, second, by="okafor", says=["x"], expect=1)
    world.check("The two cases are not linked." in error, "a second time there is nothing to undo",
                error)
    at_desk(gateway, "link", second, first, by="okafor", says=[REASON])


def is_told_to_nobody(world, gateway, aunt, first):
    text = aunt.sees_anew()
    world.check("Your tip has arrived." in text and "link" not in text.lower() and REASON not in text,
                "her mailbox says what it says to everybody", text)
    folder = world.root / "desk"
    words = [NUMBER.replace(" ", ""), "Zhang Linbei", "张林北", REASON]
    found = [f"{word} in {path}" for path in folder.rglob("*") if path.is_file()
             for word in words if word.encode() in path.read_bytes()]
    world.check(not found, "no file of the desk shows a number, a name or a reason", str(found))


def pictures(world):
    """A photograph, the same as a messenger passes it on, another one, and a receipt."""
    from PIL import Image, ImageDraw
    made = {}
    for name, shapes in (("gate", 1), ("street", 2)):
        image = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
        draw = ImageDraw.Draw(image)
        for number in range(12):
            left, top = number * 211 * shapes % 640, number * 157 * shapes % 440
            draw.rectangle((left, top, left + 150, top + 120 + 9 * number),
                           fill=(number * 53 % 256, number * 97 * shapes % 256, number * 29 % 256))
        made[name] = world.path("pictures", name + ".jpg")
        image.save(made[name], "JPEG", quality=92)
        made[name + "-small"] = world.path("pictures", name + "-small.jpg")
        image.resize((320, 240)).save(made[name + "-small"], "JPEG", quality=40)
    made["paper"] = world.path("pictures", "paper.txt")
    made["paper"].write_text("Received from the family: 250,000. Nobody is let go before the rest.")
    return made


def sends_files(world, gateway, name, files):
    """A tip that says nothing, with files; the new case, looked into."""
    tip = world.path(name, "files.json")
    tip.write_text(json.dumps({"report": {"narrative": f"From {name}."}}))
    submit(world, gateway, tip, "--no-receipt", *[word for file in files for word in ("--evidence", file)])
    case = new_case(world, gateway)
    at_desk(gateway, "examine", case)
    return case


def number_of(gateway, case, file):
    out, _ = at_desk(gateway, "show", case)
    return re.search(rf"\[(\d+)\] evidence “{re.escape(file)}”", out).group(1)


def files_are_alike(world, gateway):
    """Two people send the same photograph, one of them as a messenger made it, and the same paper."""
    made = pictures(world)
    first = sends_files(world, gateway, "one", [made["gate"], made["paper"]])
    second = sends_files(world, gateway, "two", [made["gate-small"], made["paper"], made["street"]])
    def part(case, file):
        return number_of(gateway, case, made[file].name)
    out, _ = at_desk(gateway, "links", first)
    block = out.split(second)[1] if second in out else ""
    for here, there, words in (("gate", "gate-small", "a picture that looks alike"),
                               ("paper", "paper", "the same file")):
        line = f"part {part(first, here)} here, part {part(second, there)} there: {words}"
        world.check(line in block, f"{words}: named with both parts", out)
    world.check(block.count(" there: ") == 2, "and another picture is not like it", out)
    return first, second


def play(world, gateway):
    first, second, aunt = are_found(world, gateway)
    by_a_person(world, gateway, first, second)
    wrong(world, gateway, first, second)
    is_undone(world, gateway, first, second)
    is_told_to_nobody(world, gateway, aunt, first)
    files_are_alike(world, gateway)
