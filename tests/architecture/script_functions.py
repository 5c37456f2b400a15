"""The functions of a script and how large they are, found by matching brackets; what stands in texts does not count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# a function with a name: declared, assigned to a constant, or a method; each ends at the bracket of its parameters
DECLARED = re.compile(r"\bfunction\b\s*\*?\s*(?P<name>\w*)\s*\(")
ASSIGNED = re.compile(r"\b(?:const|let)\s+(?P<name>\w+)\s*=\s*(?:async\s+)?\(")
METHOD = re.compile(r"^[ \t]+(?:(?:static|async|get|set)\s+)*\*?#?(?P<name>\w+)\(", re.M)
ARROW = re.compile(r"\s*=>\s*")
BLOCK = re.compile(r"\s*(?=\{)")
BARE_ARROW = re.compile(r"\b(?:const|let)\s+(?P<name>\w+)\s*=\s*(?:async\s+)?\w+\s*=>\s*")
NO_METHODS = {"if", "for", "while", "switch", "catch", "function", "return"}
# as ruff's C90 counts in Python, and the conditional expression too
BRANCH = re.compile(r"\b(?:if|for|while|case|catch)\b|(?<!\?)\?(?![.?])")
REGULAR_EXPRESSION = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
BEFORE_REGULAR_EXPRESSION = re.compile(r"(?:^|[=(,:;!&|?{}\[]|\breturn|=>)\s*$")
OPENING, CLOSING = "([{", ")]}"


@dataclass(frozen=True)
class ScriptFunction:
    """A function's name, its place in the text, and its lines and branches without those of named functions in it."""

    name: str
    start: int
    end: int
    whole: int
    lines: int
    branches: int


def script_functions(text: str) -> list[ScriptFunction]:
    """Every named function of a script, inner ones on their own."""
    code = code_of(text)
    spans = sorted(set(_spans(code)))
    return [_measured(text, code, span, spans) for span in spans]


def code_of(text: str) -> str:
    """The text with comments, strings and regular expressions blanked out, each newline where it was.

    What a template literal computes, between ``${`` and ``}``, is code.
    """
    out: list[str] = []
    place = 0
    while place < len(text):
        end = _text_end(text, place)
        if text[place] == "`":
            place = _template(text, place, out)
        elif end is None:
            out.append(text[place])
            place += 1
        else:
            out.append(_blank(text[place:end]))
            place = end
    return "".join(out)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _text_end(text: str, place: int) -> int | None:
    """Where a comment, string or regular expression that begins here ends; None if it is code that begins here."""
    two = text[place : place + 2]
    if two == "//":
        return _after(text, "\n", place) - 1
    if two == "/*":
        return _after(text, "*/", place + 2)
    if two[0] in "'\"":
        match = re.compile(rf"{two[0]}(?:\\.|[^\\\n{two[0]}])*{two[0]}").match(text, place)
        return match.end() if match else None
    line = text[text.rfind("\n", 0, place) + 1 : place]
    if two[0] == "/" and BEFORE_REGULAR_EXPRESSION.search(line):
        match = REGULAR_EXPRESSION.match(text, place)
        return match.end() if match else None
    return None


def _after(text: str, what: str, place: int) -> int:
    found = text.find(what, place)
    return len(text) + 1 if found < 0 else found + len(what)


def _template(text: str, place: int, out: list[str]) -> int:
    """Blank a template literal out, but not what it computes; the place after it."""
    out.append(" ")
    place += 1
    while place < len(text) and text[place] != "`":
        if text.startswith("${", place):
            end = _matching(text, place + 1)
            out.append("  " + code_of(text[place + 2 : end - 1]) + " ")
            place = end
        else:
            step = 2 if text[place] == "\\" else 1
            out.append(_blank(text[place : place + step]))
            place += step
    out.append(" ")
    return place + 1


def _matching(text: str, opening: int) -> int:
    """The place after the bracket that closes the one at ``opening``; texts are stepped over."""
    depth, place = 0, opening
    while place < len(text):
        end = _text_end(text, place)
        if end is not None:
            place = end
            continue
        if text[place] == "`":
            place = _template(text, place, [])
            continue
        depth += (text[place] in OPENING) - (text[place] in CLOSING)
        place += 1
        if not depth:
            return place
    return len(text)


def _spans(code: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each named function."""
    for head, then in ((DECLARED, BLOCK), (ASSIGNED, ARROW), (METHOD, BLOCK)):
        for match in head.finditer(code):
            if match["name"] in NO_METHODS:
                continue
            body = then.match(code, _matching(code, match.end() - 1))
            if body:
                yield match.start("name"), _body_end(code, body.end()), match["name"]
    for match in BARE_ARROW.finditer(code):
        yield match.start("name"), _body_end(code, match.end()), match["name"]


def _body_end(code: str, place: int) -> int:
    """The end of a body: its closing brace, or the end of the statement where an arrow has one expression alone."""
    if code[place] == "{":
        return _matching(code, place)
    while place < len(code) and code[place] not in ";)]}":
        place = _matching(code, place) if code[place] in OPENING else place + 1
    return place


def _measured(text: str, code: str, span: tuple[int, int, str], spans: list[tuple[int, int, str]]) -> ScriptFunction:
    start, end, name = span
    inside = [each for each in spans if start < each[0] and each[1] <= end]
    inner = [each for each in inside if not any(other[0] < each[0] and each[1] <= other[1] for other in inside)]
    own = list(code[start:end])
    for below in inner:
        own[below[0] - start : below[1] - start] = " " * (below[1] - below[0])
    whole = code.count("\n", start, end) + 1
    notes = [match[0] for match in re.finditer(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", text[start:end], re.M | re.S)]
    outside = [note for note in notes if not any(text.find(note, a, b) >= 0 for a, b, _ in inner)]
    lines = whole - sum(code.count("\n", a, b) + 1 for a, b, _ in inner) - sum(note.count("\n") for note in outside)
    return ScriptFunction(name, start, end, whole, lines, len(BRANCH.findall("".join(own))))
