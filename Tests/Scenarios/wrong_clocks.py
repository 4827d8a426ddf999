"""A phone whose clock is wrong, by a day or by ten years."""
import shutil
import subprocess

import clocks
from gateway import REPOSITORY
from visitor import STORY, Visitor, words

DAY, YEARS = 86_400, 3653 * 86_400


def any_clock(case):
    """Returns what could not be run here."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        return ["phones with a wrong clock (needs a C compiler for Tests/Rig/clock.c)"]
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", clocks.library(case.world),
                    REPOSITORY / "Tests/Rig/clock.c"], check=True)
    for what, seconds, browser in (
            ("a day ahead", DAY, "chromium"), ("a day back", -DAY, "chromium"),
            ("ten years back", -YEARS, "chromium"), ("ten years back", -YEARS, "firefox")):
        goes(case, what, seconds, browser)
    for browser in ("chromium", "firefox"):
        ten_years_ahead(case, browser)
    not_before_the_number(case)
    return []


def phone(case, seconds, browser):
    """A browser whose clock differs, and the file that says by how much."""
    file = clocks.moved(case.world, f"phone-{browser}", seconds)
    settings = {"LD_PRELOAD": str(clocks.library(case.world)), "WRONG_CLOCK": str(file)}
    return Visitor(case.gateway.intake_port, browser, settings)


def year_is(case, person, seconds):
    """The clock is wrong inside the browser indeed."""
    apart = person.run("Date.now() / 1000") - case.now()
    case.check(abs(apart - seconds) < 3600, f"a phone's clock is {apart / DAY:+.0f} days apart")


def goes(case, what, seconds, browser):
    story, photo = case.story(f"{what}, {browser}"), case.file(f"{browser}{seconds}.jpg", 9000)
    with phone(case, seconds, browser) as person:
        person.writes(story, [photo])
        year_is(case, person, seconds)
        person.sends()
        person.shows("done")
        case.check(not person.troubles(), f"{browser.title()}, {what}: text and file are sent")
    case.sent(story, photo)


def ten_years_ahead(case, browser):
    """By that clock the directory is long out of date, which is what a stolen one would look like."""
    story = case.story(f"ten years ahead, {browser}")
    with phone(case, YEARS, browser) as person:
        person.opens()
        person.goes("quick")
        told = person.alert()
        year_is(case, person, YEARS)
        case.check(told == words("error.directory") and "date of your phone" in told,
                   f"{browser.title()}, ten years ahead: told before anything is written: {told}",
                   told)
        clocks.moved(case.world, f"phone-{browser}", 0)
        person.do("click", "#quick [role=alert] button")
        person.until("document.querySelector('#quick [role=alert]').textContent === ''")
        person.do("type", STORY, story)
        person.sends()
        person.shows("done")
    case.sent(story)


def not_before_the_number(case):
    """Who goes on all the same is told again, and nothing is lost."""
    story = case.story("ten years ahead, and on")
    with phone(case, YEARS, "chromium") as person:
        person.writes(story)
        person.do("click", "#quick [data-go=number]")
        person.until("!document.getElementById('number').hidden")
        told = person.alert()
        case.check(told == words("error.directory") and person.story() == story,
                   "at the number it is told again; what was written is still there", told)
        clocks.moved(case.world, "phone-chromium", 0)
        person.do("click", "#number [role=alert] button")
        person.shows("number-ready")
        person.confirms(person.do("text", "#digits").strip())
        person.shows("done")
    case.sent(story)
