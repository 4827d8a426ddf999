"""The pages for who has no JavaScript: how to seal a text with other tools, the text itself, and what
the door answers to a file (Sources/Intake/Drops)."""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent / "plain"
# What the door answers: `DropOutcome`.
OUTCOMES = ("taken", "unsealed", "large", "damaged", "later")
PLACE = re.compile(r"\{\{([^}]+)\}\}")


def sources():
    """All templates together, for the check that every text is used."""
    answers = "".join(f"{{{{drop.{name}}}}}{{{{drop.{name}.help}}}}" for name in OUTCOMES)
    return answers + "".join((HERE / name).read_text() for name in ("sealed.html", "template.txt"))


def pages(language, texts, assets):
    """The pages of one language, by path."""
    add_template(language, texts, assets)
    made = {f"/{language}/sealed/index.html": filled("sealed.html", {}, texts, assets)}
    for name in OUTCOMES:
        values = {"answer": f"drop.{name}", "answer.help": f"drop.{name}.help"}
        made[f"/{language}/{name}/index.html"] = filled("answer.html", values, texts, assets)
    return made


def filled(name, keys, texts, assets):
    template = (HERE / name).read_text()
    for place, key in keys.items():
        template = template.replace(f"{{{{{place}}}}}", f"{{{{{key}}}}}")
    return texts.fill(template.replace("{{back}}", "sealed/"), 0, assets)


def add_template(language, texts, assets):
    """The text to fill in; like consent everywhere, an unread translation has the English beside."""
    def filled_in(match):
        command, *arguments = match.group(1).split()
        if command == "original":
            return texts.original[arguments[0]] if texts.unread else ""
        if command == "beside":
            return " / " + texts.original[arguments[0]] if texts.unread else ""
        return texts.strings[command]
    lines = []
    for line in (HERE / "template.txt").read_text().splitlines():
        text = PLACE.sub(filled_in, line).strip()
        if text or not line:
            lines.append(text)
    # With CR LF every editor shows the lines, and the mark says that it is UTF-8.
    assets.add(f"notes-{language.lower()}.txt", ("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    assets.paths["template"] = assets.paths[f"notes-{language.lower()}.txt"]
