"""Makes scripts smaller for slow phones: short names, no spaces that say nothing.

Renames whatever the scripts declare, everywhere alike, so that no scope has to be understood. That
is sound because every name that is left is one of the browser's, in `BROWSER`; any other stops the
build, and so does a declared name that the browser has too.

Scripts that are shortened together share one scope, the page's own, which other scripts may be in as
well: some browsers inside apps bring theirs. So names declared there begin with `$`.
"""

import itertools
import re
from collections import Counter
from string import ascii_letters

TOKEN = re.compile(
    r"(?P<comment>//[^\n]*)"
    r"|(?P<text>'(?:[^'\\\n]|\\.)*')"
    r"|(?P<pattern>(?<=[(,=!]|\s)/(?![ /*=])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[gimu]*)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<number>0x[0-9A-Fa-f]+|\d+(?:\.\d+)?)"
    r"|(?P<space>\s+)"
    r"|(?P<sign>.)")
DECLARED = re.compile(r"\b(?:const|let|function)\s+([A-Za-z_$][\w$]*)")
# What starts a line of its own belongs to no function.
SHARED = re.compile(r"^(?:async )?(?:const|let|function)\s+([A-Za-z_$][\w$]*)", re.M)
PARAMETERS = re.compile(r"\bfunction\b[^()]*\(([^)]*)\)|\bcatch \((\w+)\)")
WORDS = set("""async await break case catch const continue default delete else false finally for function
    if in let new null return switch throw true try undefined while instanceof of this typeof""".split())
BROWSER = set("""AbortController Array Blob DOMParser Date Error FileReader Infinity Intl JSON Math MediaRecorder Number
    Object Promise String TextDecoder TextEncoder URL Uint8Array WebAssembly arguments atob
    clearTimeout importScripts postMessage self setTimeout
    Worker addEventListener crypto document fetch isNaN location navigator scrollTo trustedTypes
    window Boolean""".split())


class Unsound(Exception):
    """A name of which nobody can say whose it is."""


def shorten(sources, codes):
    """The same scripts in fewer bytes; the texts in `codes` are replaced by their codes."""
    scripts = [tokens_of(source) for source in sources]
    names = set().union(*map(declared, sources))
    shared = [name for source in sources for name in SHARED.findall(source)]
    if len(shared) > len(set(shared)):
        raise Unsound(f"declared twice: {sorted(set(n for n in shared if shared.count(n) > 1))}")
    for tokens in scripts:
        check(tokens, names)
    short = short_names(scripts, names, set(shared))
    return [renamed(tokens, short, codes) for tokens in scripts]


def tokens_of(source):
    tokens = [(match.lastgroup, match.group()) for match in TOKEN.finditer(source)]
    return [token for token in tokens if token[0] != "comment"]


def renamed(tokens, short, codes):
    tokens = [(kind, f"'{codes.get(text[1:-1], text[1:-1])}'" if kind == "text" else text)
              for kind, text in tokens]
    return squeeze([(kind, short.get(text, text) if is_free(tokens, at) else text)
                    for at, (kind, text) in enumerate(tokens)])


def declared(source):
    names = set(DECLARED.findall(source))
    for listed, caught in PARAMETERS.findall(source):
        names |= {name.strip() for name in listed.split(",") if name.strip()} | {caught} - {""}
    return names


def check(tokens, names):
    if names & (BROWSER | WORDS):
        raise Unsound(f"declared, and the browser's too: {sorted(names & (BROWSER | WORDS))}")
    for at, (kind, text) in enumerate(tokens):
        if is_free(tokens, at) and text not in names | BROWSER | WORDS:
            raise Unsound(f"neither declared nor the browser's: {text}")


def is_free(tokens, at):
    """Whether the token is a name that stands for itself: no member, no key of an object."""
    if tokens[at][0] != "name":
        return False
    before, after = neighbour(tokens, at, -1), neighbour(tokens, at, 1)
    return before != "." and not (after == ":" and before in ("{", ","))


def neighbour(tokens, at, step):
    at += step
    while 0 <= at < len(tokens) and tokens[at][0] == "space":
        at += step
    return tokens[at][1] if 0 <= at < len(tokens) else ""


def short_names(scripts, names, shared):
    """The shortest names for what the first script names most often; then the second, then the
    alphabet."""
    counts = [Counter(text for at, (_, text) in enumerate(tokens) if is_free(tokens, at))
              for tokens in scripts]

    def order(name):
        return [-count[name] for count in counts], name

    own = dict(zip(sorted(names - shared, key=order), free_words()))
    return own | {name: "$" + word
                  for name, word in zip(sorted(shared, key=order), free_words())}


def free_words():
    return itertools.filterfalse((BROWSER | WORDS).__contains__, short_words())


def short_words():
    """a, b, … aa, ba, …"""
    return (first + second for second in ["", *ascii_letters] for first in ascii_letters)


def squeeze(tokens):
    """Without spaces, but where two words would grow together or a statement may end."""
    out = []
    for at, (kind, text) in enumerate(tokens):
        if kind != "space":
            out.append(text)
            continue
        before = tokens[at - 1][1][-1:] if at else ""
        after = tokens[at + 1][1][:1] if at + 1 < len(tokens) else ""
        if "\n" in text and before in ("}", ")"):
            out.append("\n")
        elif re.match(r"[\w$]{2}|[+-]{2}", before + after) or (before + after)[1:] == "/":
            out.append(" ")
    return "".join(out).strip() + "\n"
