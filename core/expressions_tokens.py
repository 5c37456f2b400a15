"""A text → tokens that know their place in it; the many signs for one thing are folded into one."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_TEXT = 200
LONGEST_NUMBER = 40

_SYMBOLS = {
    **{sign: sign for sign in "+-*/^()|,=√∛"},
    **dict.fromkeys("·⋅×∙•∗", "*"),
    **dict.fromkeys("−–—﹣", "-"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("[{", "("),
    **dict.fromkeys("]}", ")"),
    **dict.fromkeys("∣│", "|"),
    ";": ",",
}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_LOOKALIKES = dict(zip("асеорхуіјАВСЕНІЈКМОРТХУαοχντ", "aceopxyijABCEHIJKMOPTXYaoxvt", strict=True))
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?")
_WORD = re.compile(r"([A-Za-zŷ]+)(?:_\((\d+)\)|_(\d+)|([₀-₉]+)|(\d+))?")
_SUPERSCRIPT = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LARGEST_EXPONENT = 40
_MEANINGS = {
    "!": "There is no factorial here. Leave the sign ! out.",
    "%": "There is no percent sign here. Divide by 100 instead.",
    "'": "A formula is given without primes; its derivative is computed.",
    "\\": "This is not read as LaTeX. Write sqrt(x), sin(x), x^2.",
}
_HAT = "\u0302"


@dataclass(frozen=True)
class Token:
    """One sign of the text.

    Attributes
    ----------
    kind : str
        ``number``, ``word`` (letters and perhaps an index), ``symbol``, ``superscript`` or ``end``.
    text : str
        The sign after folding: ``*`` for ``·``, ``-`` for ``−``, ``2`` for ``²``.
    start, end : int
        Its place in the text as it was given.
    letters, index : str
        The two parts of a word.
    joined : bool
        Whether the index of a word was written as one (``x_1``, ``x₁``), not just behind it (``x1``).
    """

    kind: str
    text: str
    start: int
    end: int
    letters: str = ""
    index: str = ""
    joined: bool = False


class Mistake(Exception):
    """What keeps a text from being read, its place, and the texts to try instead."""

    def __init__(self, message: str, start: int, end: int, *instead: str) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.instead = instead


@dataclass(frozen=True)
class Folded:
    """A text after folding, and for each of its characters the place it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Replace the many signs for one thing by one of them.

    Parameters
    ----------
    text : str

    Returns
    -------
    Folded
        Digits, letters and operators in ASCII, ŷ in one character; superscripts and subscripts stay.

    Raises
    ------
    Mistake
        At the first character that stands for nothing in a formula.
    """
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for i, given in enumerate(text):
        if given == _HAT and kept and kept[-1] == "y":
            kept[-1], ends[-1] = "ŷ", i + 1
            continue
        kept.append(_folded_character(text, i))
        starts.append(i)
        ends.append(i + 1)
    return Folded("".join(kept), tuple(starts), tuple(ends))


def _folded_character(text: str, i: int) -> str:
    given = text[i]
    if given in _SUPERSCRIPTS or given in _SUBSCRIPTS or given in "ŷπσ":
        return given
    plain = unicodedata.normalize("NFKC", given)
    if plain == "" or plain.isspace():
        return " "
    if plain in _SYMBOLS:
        return _SYMBOLS[plain]
    if len(plain) == 1 and (plain in "._πσŷ" or (plain.isascii() and plain.isalnum())):
        return plain
    raise _unknown_character(text, i, plain)


def _unknown_character(text: str, i: int, plain: str) -> Mistake:
    given = text[i]
    without = text[:i] + text[i + 1 :]
    if given in _LOOKALIKES:
        latin = _LOOKALIKES[given]
        message = f"This {unicodedata.name(given).title()} only looks like the letter {latin}. Type {latin}."
        return Mistake(message, i, i + 1, text[:i] + latin + text[i + 1 :])
    if "⁄" in plain:  # ½ and the like
        fraction = f"({plain.replace('⁄', '/')})"
        return Mistake(f"Write this fraction as {fraction}.", i, i + 1, text[:i] + fraction + text[i + 1 :])
    name = given if given.isprintable() else unicodedata.name(given, f"U+{ord(given):04X}")
    message = _MEANINGS.get(given, f"The sign {name} means nothing in a formula. Leave it out.")
    return Mistake(message, i, i + 1, without)


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Token
        The last one is the end.

    Raises
    ------
    Mistake
        Where the text is too long, or a character or a number cannot be read.
    """
    if len(text) > LONGEST_TEXT:
        raise Mistake(
            f"A formula has at most {LONGEST_TEXT} characters; this one has {len(text)}.", LONGEST_TEXT, len(text)
        )
    folded = fold(text)
    line, tokens, i = folded.text, list[Token](), 0
    while i < len(line):
        if line[i] == " ":
            i += 1
            continue
        end, kind, plain, parts = _next(text, folded, i)
        tokens.append(Token(kind, plain, folded.starts[i], folded.ends[end - 1], *parts))
        i = end
    return [*tokens, Token("end", "", len(text), len(text))]


def _next(text: str, folded: Folded, i: int) -> tuple[int, str, str, tuple[str, str, bool] | tuple[()]]:
    """Find the end, the kind, the folded text and, of a word, the parts of the token that starts at i."""
    line = folded.text
    if match := _NUMBER.match(line, i):
        _check_size(match, folded)
        return match.end(), "number", match[0], ()
    if match := _WORD.match(line, i):
        braced, low, subscript, plain = match.group(2, 3, 4, 5)
        joined = braced or low or "".join(_SUBSCRIPTS[digit] for digit in subscript or "")
        return match.end(), "word", match[0], (match[1], joined or plain or "", bool(joined))
    if match := _SUPERSCRIPT.match(line, i):
        return match.end(), "superscript", "".join(_SUPERSCRIPTS[sign] for sign in match[0]), ()
    if line.startswith("**", i):
        return i + 2, "symbol", "^", ()
    if line[i] in "πσ":
        return i + 1, "word", line[i], (line[i], "", False)
    if line[i] in _SYMBOLS:
        return i + 1, "symbol", line[i], ()
    start, end = folded.starts[i], folded.ends[i]
    around = text[:start], text[end:]
    if line[i] == ".":
        message = "A point stands between the digits of a number. A product is written with *."
        raise Mistake(message, start, end, "*".join(around), "".join(around))
    message = f"The sign {line[i]} belongs to nothing here. An index stands behind its letter, as in x_1."
    raise Mistake(message, start, end, "".join(around))


def _check_size(match: re.Match[str], folded: Folded) -> None:
    """Refuse a number before it is built: 1e999999999 would fill the memory."""
    exponent = match[1] or "0"
    if len(match[0]) > LONGEST_NUMBER or len(exponent) > 3 or abs(int(exponent)) > _LARGEST_EXPONENT:
        message = f"Numbers have at most {LONGEST_NUMBER} digits and go up to 1e9."
        raise Mistake(message, folded.starts[match.start()], folded.ends[match.end() - 1])
