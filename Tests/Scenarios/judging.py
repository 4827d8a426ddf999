"""A verifier judges a case at the console: sentences, the three elements, and who else says the same."""
from desk import PLACE, SENTENCES

WORDS = {"movement": "Restriction of movement", "documents": "Retention of identity documents",
         "debt": "Debt bondage"}


def sentences(world, lin):
    """A sentence that stands nowhere is refused; the others are tied to their parts."""
    offered = lin.do("run", "[...document.querySelectorAll('datalist option')].map(each => each.value)")
    world.check("我是河北人。" in offered and any("不干活就挨打。" in each for each in offered),
                "the sentences of the case can be chosen from", str(offered[:20]))
    for name, words in WORDS.items():
        lin.fill(words, SENTENCES[name])
    lin.fill("Isolation", "这句话哪儿也没有")
    lin.press("Keep this judgement")
    lin.sees("stands in no text of this case", "a sentence that stands in no text is refused")
    lin.looks("judgement-refused")
    kept = lin.do("run", "document.getElementById('sentence-debt').value")
    world.check(kept == SENTENCES["debt"], "and what was typed is still there", kept)
    lin.fill("Isolation", "")


def elements(lin):
    for words, group in (("was recruited", "What was done"), ("was handed or sold on", "What was done"),
                         ("by deception", "How"),
                         ("for forced labour or services, forced crime among them", "What for")):
        lin.do("tick", words, group)
    lin.fill("Notes, which stay at the desk", "Ask about the scar.")


def is_shown(world, lin):
    text = lin.sees("probably held", "and shown in the case")
    world.check("Retention of identity documents: 护照被收走 (part 4, person)" in text,
                "with the sentence that shows each indicator, and where it stands", text)
    world.check("this source alone" in text and "was recruited" in text
                and "Ask about the scar." in text, "the count, the elements and the notes", text)


def place_needs_a_reason(world, lin):
    """No office is given the place on one source before somebody has written why."""
    lin.press("What each office gets")
    lin.press("Prepare this")
    lin.sees("would be given the place, and one source alone names it",
             "the place is prepared for nobody on one source without a reason")
    lin.press("Judge the case first")
    lin.fill("Why the place may go to offices on this source alone", PLACE)
    lin.press("Keep this judgement")
    lin.sees(PLACE, "the reason is written down")
