"""Words of a formula → functions, constants, variables and products of them; what is close to a name is told."""

from dataclasses import dataclass
from difflib import get_close_matches

from core.formulas.functions import FUNCTIONS, NAMES
from core.formulas.tokens import Mistake, Token

_CONSTANTS = {"pi": "pi", "π": "pi", "e": "e"}
# what people write in other languages and by habit
_MISSPELLINGS = {
    "sen": "sin",
    "tg": "tan",
    "tng": "tan",
    "arctg": "atan",
    "arcsen": "asin",
    "lg": "log10",
    "ld": "log2",
    "lb": "log2",
    "In": "ln",
    "sh": "sinh",
    "ch": "cosh",
    "th": "tanh",
    "root": "sqrt",
    "wurzel": "sqrt",
    "betrag": "abs",
    "logistic": "sigmoid",
    "maximum": "max",
    "minimum": "min",
    "cot": "1/tan",
    "ctg": "1/tan",
    "sec": "1/cos",
    "csc": "1/sin",
    "coth": "1/tanh",
}
_LONGEST_PRODUCT = 3
_LONGEST_INDEX = 2
_CLOSE = 0.66


@dataclass(frozen=True)
class Name:
    """One name of a word, or the number behind it: its kind, what it stands for and its place."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Piece:
    """A part of a word: its kind, what it stands for, how many letters it takes, and whether the index is in it."""

    kind: str
    value: str
    length: int
    indexed: bool = False


def names_of(word: Token, text: str, opens: bool) -> list[Name]:
    """Read a word as names.

    Parameters
    ----------
    word : Token
    text : str
        The whole text as it was given, for suggestions.
    opens : bool
        Whether a parenthesis opens behind the word.

    Returns
    -------
    list of Name
        ``x1`` and ``sin`` are one; ``xy`` and ``sin2`` are two; ``xsin`` is x times the sine of what follows.

    Raises
    ------
    Mistake
        Where the word is none of these, with what it may have been meant for.
    """
    pieces = _pieces(word.letters, word.index, opens)
    if pieces is None:
        raise _unknown(word, text, opens)
    names: list[Name] = []
    at = word.start
    for piece in pieces:
        names.append(Name(piece.kind, piece.value, at, at + piece.length))
        at += piece.length
    if not word.index or pieces[-1].indexed:
        return [*names[:-1], Name(names[-1].kind, names[-1].value, names[-1].start, word.end)]
    return [*names[:-1], *_indexed(names[-1], word, text)]


def _indexed(last: Name, word: Token, text: str) -> list[Name]:
    """Give the index of a word to its last name, or let it stand behind it as a number."""
    index, value = word.index, last.value
    if last.kind == "variable":
        if len(index) > _LONGEST_INDEX:
            message = "An index has at most two digits, as in x12."
            raise _mistake(message, word, text, word.letters + index[:_LONGEST_INDEX])
        return [Name("variable", value + str(int(index)), last.start, word.end)]
    if last.kind == "constant":
        raise _mistake(f"{value} is a number and takes no index.", word, text, f"{word.letters}*{index}")
    if word.joined:
        instead = f"1/ln({index})*ln" if value == "ln" and int(index) > 1 else word.letters
        message = f"The function {value} takes no index; the logarithms are ln, log2 and log10."
        raise _mistake(message, word, text, instead)
    return [last, Name("number", index, last.end, word.end)]


def _pieces(letters: str, index: str, opens: bool) -> list[_Piece] | None:
    if single := _piece(letters, index):
        return [single]
    for cut in range(1, len(letters) - 1):
        if (rest := _piece(letters[cut:], index)) and rest.kind != "variable":
            head = _pieces(letters[:cut], "", opens=False)
            return head and [*head, rest]
    if not opens and (called := _called(letters)):
        return called
    if letters.lower().startswith("pi"):
        tail = _pieces(letters[2:], index, opens)
        return tail and [_Piece("constant", "pi", 2), *tail]
    if len(letters) > _LONGEST_PRODUCT or _is_misspelled(letters, opens):
        return None
    return [_piece(letter, "") or _Piece("variable", letter, 1) for letter in letters]


def _called(letters: str) -> list[_Piece] | None:
    """A function with a single letter behind it: sinx is sin x."""
    letter = _piece(letters[-1], "")
    head = _pieces(letters[:-1], "", opens=False) if len(letters) > 2 else None
    if letter and letter.kind == "variable" and head and head[-1].kind == "function":
        return [*head, letter] if FUNCTIONS[head[-1].value].arity == 1 else None
    return None


def _piece(letters: str, index: str) -> _Piece | None:
    """Read letters as one name: of a function, a constant or a variable."""
    lower = letters.lower() if len(letters) > 1 else letters
    if index and (function := NAMES.get(lower + index)):
        return _Piece("function", function, len(letters), indexed=True)
    if function := NAMES.get(lower):
        return _Piece("function", function, len(letters))
    if constant := _CONSTANTS.get(lower):
        return _Piece("constant", constant, len(letters))
    if lower == "yhat" or len(letters) == 1:
        return _Piece("variable", "ŷ" if lower == "yhat" else letters, len(letters))
    return None


def _is_misspelled(letters: str, opens: bool) -> bool:
    """Whether a short word is rather a function that was not written well than a product."""
    if _spelled(letters):
        return True
    return len(letters) == _LONGEST_PRODUCT and (opens or bool(_close(letters)) or bool(_hidden(letters)))


def _spelled(letters: str) -> str | None:
    return _MISSPELLINGS.get(letters) or _MISSPELLINGS.get(letters.lower())


def _close(letters: str) -> str | None:
    """The function whose name is written most like this word."""
    return next(iter(get_close_matches(letters.lower(), NAMES, n=1, cutoff=_CLOSE)), None)


def _hidden(letters: str) -> tuple[str, str, str] | None:
    """The longest function inside a word, with the few letters before it and those that may be its argument."""
    lower = letters.lower()
    for name in sorted(NAMES, key=len, reverse=True):
        at = lower.find(name) if len(name) > 1 else -1
        head, rest = letters[: max(at, 0)], letters[at + len(name) :]
        if at >= 0 and 0 < len(rest) <= _LONGEST_PRODUCT and len(head) <= _LONGEST_PRODUCT:
            return head, name, rest
    return None


def _unknown(word: Token, text: str, opens: bool) -> Mistake:
    letters, rest = word.letters, f" {word.index}" if word.index else ""
    if spelled := _spelled(letters):
        return _mistake(f"{letters} is written {spelled} here.", word, text, spelled + rest)
    close = _close(letters)
    if (hidden := _hidden(letters)) and not (opens and close):
        head, name, argument = hidden
        message = f"The argument of {name} stands in parentheses or behind a space."
        return _mistake(message, word, text, "*".join([*head, f"{name}({argument}{word.index})"]))
    product = "*".join(letters) + word.index
    if close:
        message = f"There is no function {letters}. Did you mean {close}? A product is written {product}."
        first, second = (close + rest, product) if opens or rest else (product, close)
        return _mistake(message, word, text, *([first, second] if len(letters) <= _LONGEST_PRODUCT else [close + rest]))
    what = "function" if opens else "word"
    return _mistake(f"There is no {what} {letters} here. Variables are single letters, as in x, y, x1.", word, text)


def _mistake(message: str, word: Token, text: str, *instead: str) -> Mistake:
    texts = (text[: word.start] + each + text[word.end :] for each in instead)
    return Mistake(message, word.start, word.end, *texts)
