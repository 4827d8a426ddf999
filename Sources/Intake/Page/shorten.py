"""Makes page.js smaller for slow phones: short names, no spaces that say nothing.

Renames whatever the script declares, everywhere alike, so that no scope has to be understood. That
is sound because every name that is left is one of the browser's, in `BROWSER`; any other stops the
build, and so does a declared name that the browser has too.
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
PARAMETERS = re.compile(r"\bfunction\b[^()]*\(([^)]*)\)|\bcatch \((\w+)\)")
WORDS = set("""async await break case catch const continue default delete else false finally for function
    if in let new null return switch throw true try undefined while instanceof of this typeof""".split())
BROWSER = set("""AbortController Array Blob Date Error FileReader Intl JSON Math MediaRecorder Number
    Object Promise String TextDecoder TextEncoder Uint8Array WebAssembly arguments atob
    clearTimeout importScripts postMessage self setTimeout
    Worker addEventListener crypto document fetch isNaN location navigator scrollTo trustedTypes
    window Boolean""".split())


class Unsound(Exception):
    """A name of which nobody can say whose it is."""


def shorten(source, codes):
    """The same script in fewer bytes; the texts in `codes` are replaced by their codes."""
    tokens = [(match.lastgroup, match.group()) for match in TOKEN.finditer(source)]
    tokens = [token for token in tokens if token[0] != "comment"]
    names = declared(source)
    check(tokens, names)
    short = short_names(tokens, names)
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


def short_names(tokens, names):
    """The shortest names for what is named most often; ties by the alphabet."""
    count = Counter(text for at, (_, text) in enumerate(tokens) if is_free(tokens, at))
    ordered = sorted(names, key=lambda name: (-count[name], name))
    return dict(zip(ordered, itertools.filterfalse((BROWSER | WORDS).__contains__, short_words())))


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
