"""Who looked at what: after somebody has looked at files, the trail of each says so, once."""


def written_down(case):
    """After pictures, pages, recordings and texts were looked at, some of them more than once."""
    world, gateway, numbers = case.world, case.gateway, case.numbers
    out, _ = gateway.at_desk("trail", case.name)
    world.check(out.count("lin  the texts were shown") == 1,
                "that lin read the case is written down, once a day", out)
    for file, seen, not_seen in [
            ("gate.jpg", ["shown small and grey", "shown large, in colour"], ["shown small, in colour"]),
            ("paper.pdf", ["shown large, in colour", "saved as a file"], ["shown small and grey"]),
            ("film.mp4", ["shown small and grey"], ["shown large, in colour"]),
            ("note.txt", ["shown as text"], ["shown small and grey"]),
            ("sheet.bin", [], ["shown", "saved"])]:
        out, _ = gateway.at_desk("trail", case.name, "--part", numbers[file])
        lines = [line for line in out.splitlines() if " lin  part " in line]
        world.check(all(sum(words in line for line in lines) == 1 for words in seen)
                    and not any(words in line for words in not_seen for line in lines),
                    f"{file}: {', '.join(seen) or 'nothing was shown'}, once each and no more", out)
    at_the_console(case)
    at_a_terminal(case)
    the_queue_is_no_look(case)


def at_the_console(case):
    world, lin = case.world, case.lin
    case.opens("gate.jpg")
    lin.press("Who did what with this file")
    text = lin.sees("a safe copy shown large, in colour", "the file's trail at the console says so as well")
    world.check("lin" in text and "labelled" not in text, "with who it was", text)
    lin.looks("trail-looks")


def at_a_terminal(case):
    """By one's name with the signing agent, else by the account."""
    world, gateway = case.world, case.gateway
    before, _ = gateway.at_desk("trail", case.name)
    for _ in range(2):
        gateway.at_desk("show", case.name)
        gateway.at_desk("show", case.name, by="okafor")
        gateway.at_desk("list")
    file = world.path("exported", "photo.png")
    world.give(file.parent, "okafor", 0o700)
    gateway.at_desk("show", case.name, "--part", case.numbers["gate.jpg"], "--export-copy", file,
                    by="okafor")
    after, _ = gateway.at_desk("trail", case.name)
    new = after.splitlines()[len(before.splitlines()):]
    world.check(sum("okafor  the texts were shown" in line for line in new) == 1
                and sum("okafor  part" in line and "saved as a file" in line for line in new) == 1,
                "commands write it down, too, once a day", new)
    accounts = [line for line in after.splitlines() if "  account " in line]
    world.check(len(accounts) == 1 and "the texts were shown" in accounts[0],
                "and without a signing agent the account is named", accounts)


def the_queue_is_no_look(case):
    world, lin = case.world, case.lin
    journals = sorted((case.gateway.desk / "cases").glob("*/journal/*"))
    for _ in range(3):
        lin.press("Queue")
    world.check(sorted((case.gateway.desk / "cases").glob("*/journal/*")) == journals,
                "looking through the queue writes nothing")
