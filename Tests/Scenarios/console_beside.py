"""What the console puts beside what a reporter wrote: the program's hints, a file's own time and
place, phrases in their language with what they mean, a translation next to its original."""
import json
import pathlib

BOOKS = pathlib.Path(__file__).resolve().parents[2] / "Sources/Matching/Phrases"
TRANSLATION = "I am from Hebei. In February 2023 my son said that he was going to work in Yunnan."


def phrase(language, name):
    return json.loads((BOOKS / f"{language}.json").read_text())["questions"][name]


def shown(case):
    hints(case)
    claims(case)
    phrases(case)
    translation(case)


def hints(case):
    world, lin = case.world, case.lin
    lin.opens_case(case.name)
    text = lin.sees("What the program points out", "the program's hints are on the case's page")
    world.check("“KK园区” may be KK Park" in text and "A machine’s opinion" in text,
                "a place by any name in any script, as an opinion", text)
    world.check("account of a messenger or network" in text, "and what names an account", text)


def claims(case):
    """The photograph says when and where; the tip says something else, or the same."""
    world, lin = case.world, case.lin
    case.opens("gate.jpg")
    text = lin.sees("beside the tip", "a file's time and place stand beside what the tip says")
    world.check("31 day(s) before “known as of” 2026-11" in text,
                "its time is a month before the tip's, in words", text)
    world.check("less than 1 km from KK Park (MM-001), by the list’s position of the place itself"
                in text, "its place is that of the compound that the tip names", text)
    world.check(text.index("beside the tip") < text.index("It may be hard to see"),
                "before anything is shown", text)


def phrases(case):
    world, lin = case.world, case.lin
    lin.press("Ask")
    lin.do("unfold", "Phrases that were thought about")
    english, chinese = phrase("en", "safety.reply"), phrase("zh-Hans", "safety.reply")
    text = lin.sees(chinese, "phrases come in the language in which the tip was written")
    world.check(english in text and "machine draft, not yet read by a native speaker" in text,
                "beside their English, with who has read them", text)
    lin.looks("phrases")
    lin.press(english)
    world.check(lin.do("run", "document.getElementById('text').value") == chinese
                and lin.do("run", "document.getElementById('language').value") == "zh-Hans",
                "a chosen phrase is the question, with its language")
    lin.press("Look at it once more")
    text = lin.sees(f"“{english}”", "before it is signed, the page says what it means")
    world.check(chinese in text and "machine draft" in text, "and that a machine says so", text)
    lin.looks("phrase-sign")
    lin.press("Ask")
    lin.do("unfold", "Phrases that were thought about")
    lin.do("select", "Language of the phrases", "Burmese")
    lin.press("Show these phrases")
    text = lin.sees(phrase("my", "safety.reply"), "another language can be chosen")
    marked = lin.do("run", "[...document.querySelectorAll('.phrases .words')].every("
                           "each => each.lang === 'my' && each.dir === 'auto')")
    world.check(marked and chinese not in text, "and each text is marked with its language", text)
    lin.looks("phrases-burmese")


def translation(case):
    world, lin = case.world, case.lin
    lin.opens_case(case.name)
    lin.press("Make a summary, redaction or translation of part 2")
    lin.do("choose", "What it is", "Translation: a new text in another language")
    lin.fill("The new text", TRANSLATION)
    lin.fill("How it was made, in words for the office", "by a person of the desk")
    lin.press("Keep this text")
    text = lin.sees(TRANSLATION, "a translation stands beside the original on the case's page")
    world.check("As it was written" in text and "我是河北人" in text
                and "Translation into en, made at the desk" in text, "which stays as it came", text)
    place = ("(size => { const at = text => [...document.querySelectorAll('.words')].find("
             "each => each.textContent.startsWith(text)).getBoundingClientRect();"
             f"const [a, b] = [at('我是河北人'), at({json.dumps(TRANSLATION[:20])})];"
             "return [a.right <= b.left, a.bottom <= b.top]; })()")
    world.check(lin.do("run", place) == [True, False], "side by side on a wide screen")
    lin.do("size", 320)
    world.check(lin.do("run", place) == [False, True], "one below the other on a narrow one")
    lin.do("size", 1100)
    languages = lin.do("run", "[...document.querySelectorAll('.beside .words')].map("
                              "each => [each.lang, each.dir])")
    world.check(["zh-Hans", "auto"] in languages and ["en", "auto"] in languages,
                "each with its language and its own direction", languages)
    lin.looks("translation")
