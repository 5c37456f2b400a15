"""A text → tokens that know their place in it; the many signs for one thing are folded into one."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 200
LONGEST_NUMBER = 40
LARGEST_TEN = 40  # the exponent of ten in 1e9

_SYMBOLS = {
    **{sign: sign for sign in "+-*/^()|,=√∛"},
    **dict.fromkeys("·⋅×∙•∗", "*"),
    **dict.fromkeys("−–—‐", "-"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("[{", "("),
    **dict.fromkeys("]}", ")"),
    **dict.fromkeys("∣│", "|"),
    ";": ",",
}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_FRACTIONS = {sign: "({}/{})".format(*unicodedata.normalize("NFKC", sign).split("⁄")) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_GREEK = "πσ"
_LOOKALIKES = dict(zip("асеорхуіјАВСЕНІЈКМОРТХУαοχντ", "aceopxyijABCEHIJKMOPTXYaoxvt", strict=True))
_HAT = "\u0302"
_MEANINGS = {
    "!": "There is no factorial here. Leave the sign ! out.",
    "%": "There is no percent sign here. Divide by 100 instead.",
    "'": "A formula stands here without primes and quotation marks. Leave the sign ' out.",
    "\\": "LaTeX is not read here. Write sqrt(x), sin(x), x^2.",
    "∞": "Infinity is not a number. Leave the sign ∞ out.",
}

_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?", re.ASCII)
_WORD = re.compile(r"([A-Za-zŷ]+)(?:_\((\d+)\)|_(\d+)|([₀-₉]+)|(\d+))?", re.ASCII)
_SUPERSCRIPT = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


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
    """What keeps a text from being read.

    Parameters
    ----------
    message : str
        What is wrong and what would be right.
    start, end : int
        The characters at fault.
    *instead : str
        Whole texts to try instead, the best one first; they may hold further mistakes.
    """

    def __init__(self, message: str, start: int, end: int, *instead: str) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.instead = instead


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
        message = f"A formula has at most {LONGEST_TEXT} characters; this one has {len(text)}."
        raise Mistake(message, LONGEST_TEXT, len(text))
    line, places = _folded(text)
    tokens: list[Token] = []
    at = 0
    while at < len(line):
        if line[at] == " ":
            at += 1
            continue
        token, length = _token(text, line, places, at)
        tokens.append(token)
        at += length
    return [*tokens, Token("end", "", len(text), len(text))]


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold each character; the places say where each came from, and the last one where the text ends."""
    kept: list[str] = []
    places: list[int] = []
    for place, given in enumerate(text):
        if given == _HAT and kept and kept[-1] == "y":
            kept[-1] = "ŷ"
        elif given in _FRACTIONS and not "".join(kept[-1:]).isdigit():  # 2½ is no product
            kept.extend(_FRACTIONS[given])
            places.extend([place] * len(_FRACTIONS[given]))
        else:
            kept.append(_folded_character(given))
            places.append(place)
    return "".join(kept), [*places, len(text)]


def _folded_character(given: str) -> str:
    if given in _SUPERSCRIPTS or given in _SUBSCRIPTS:
        return given
    plain = unicodedata.normalize("NFKC", given)
    if plain.isspace():
        return " "
    if plain in _SYMBOLS:
        return _SYMBOLS[plain]
    known = len(plain) == 1 and (plain.isascii() or plain in _GREEK)
    return plain if known else given


def _token(text: str, line: str, places: list[int], at: int) -> tuple[Token, int]:
    """Read the token that starts at a character of the folded line, and its length there."""

    def token(kind: str, sign: str, length: int, *parts: Any) -> tuple[Token, int]:
        return Token(kind, sign, places[at], places[at + length], *parts), length

    if match := _NUMBER.match(line, at):
        found = token("number", match[0], len(match[0]))
        _check_size(found[0], match[1] or "0", text)
        return found
    if match := _WORD.match(line, at):
        braced, low, subscript, plain = match.group(2, 3, 4, 5)
        joined = braced or low or "".join(_SUBSCRIPTS[digit] for digit in subscript or "")
        return token("word", match[0], len(match[0]), match[1], joined or plain or "", bool(joined))
    if match := _SUPERSCRIPT.match(line, at):
        return token("superscript", "".join(_SUPERSCRIPTS[sign] for sign in match[0]), len(match[0]))
    if line.startswith("**", at):
        return token("symbol", "^", 2)
    if line[at] in _GREEK:
        return token("word", line[at], 1, line[at])
    if line[at] in _SYMBOLS:
        return token("symbol", line[at], 1)
    raise _unknown(text, places[at], places[at + 1])


def _check_size(number: Token, ten: str, text: str) -> None:
    """Refuse a number before it is built: 1e999999999 would fill the memory."""
    if len(number.text) > LONGEST_NUMBER or len(ten) > LONGEST_NUMBER or abs(int(ten)) > LARGEST_TEN:
        message = f"Numbers have at most {LONGEST_NUMBER} digits and go up to 1e9."
        raise Mistake(message, number.start, number.end, text[: number.start] + "1e9" + text[number.end :])


def _unknown(text: str, start: int, end: int) -> Mistake:
    given, before, after = text[start:end], text[:start], text[end:]
    if given == ".":
        message = "A point stands between the digits of a number. A product is written with *."
        around = before.rstrip("."), after.lstrip(".")
        return Mistake(message, start, end, "*".join(around), "".join(around))
    if given in _LOOKALIKES:
        latin = _LOOKALIKES[given]
        message = f"{unicodedata.name(given).capitalize()} is not the letter {latin}. Type {latin}."
        return Mistake(message, start, end, before + latin + after)
    plain = unicodedata.normalize("NFKC", given)
    if "⁄" in plain:  # ½ and the like
        fraction, whole = plain.replace("⁄", "/"), before[len(before.rstrip("0123456789")) :]
        mixed = f"({whole}+{fraction})" if whole else f"({fraction})"
        head = before[: len(before) - len(whole)]
        return Mistake(f"Write this fraction as {mixed}.", start, end, head + mixed + after)
    if given.isalpha():
        base = unicodedata.normalize("NFD", given)[0]
        letter = base if base.isascii() else "t"
        message = f"Variables are the letters from a to z and ŷ. Take one of them for {given}, as in {letter}."
        return Mistake(message, start, end, before + letter + after)
    times = "*" if after[:1].isdigit() else ""
    instead = f"/100{times}" if given == "%" else ""
    return Mistake(_MEANINGS.get(given) or _meaningless(given), start, end, before + instead + after)


def _meaningless(given: str) -> str:
    name = unicodedata.name(given[0], f"U+{ord(given[0]):04X}")
    shown = given if given.isprintable() and not unicodedata.combining(given[0]) else name
    return f"The sign {shown} means nothing in a formula. Leave it out."
