"""Words of a formula → functions, constants, variables and products of them; what is close to a name is told."""

from dataclasses import dataclass
from difflib import get_close_matches

from core.expressions_functions import NAMES
from core.expressions_tokens import Mistake, Token

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
    "raiz": "sqrt",
    "betrag": "abs",
    "logistic": "sigmoid",
    "maximum": "max",
    "minimum": "min",
}
_QUOTIENTS = {"cot": "1/tan", "ctg": "1/tan", "sec": "1/cos", "csc": "1/sin", "cosec": "1/sin", "coth": "1/tanh"}
_LONGEST_PRODUCT = 3
_LONGEST_INDEX = 2
_CLOSE = 0.66


@dataclass(frozen=True)
class Name:
    """One name of a word: its kind (``function``, ``constant``, ``variable``, ``number``), value and place."""

    kind: str
    value: str
    start: int
    end: int


def names_of(word: Token, text: str, opens: bool) -> list[Name]:
    """Read a word as names.

    Parameters
    ----------
    word : Token
    text : str
        The whole text as it was given, for suggestions.
    opens : bool
        Whether a parenthesis opens right behind the word.

    Returns
    -------
    list of Name
        ``x1`` and ``sin`` are one; ``xy`` and ``sin2`` are two; ``xsin`` is x times the sine of what follows.

    Raises
    ------
    Mistake
        Where the word is none of these, with what it may have been meant for.
    """
    return _Word(word, text, opens).names()


class _Word:
    def __init__(self, word: Token, text: str, opens: bool) -> None:
        self.word = word
        self.text = text
        self.opens = opens
        self.letters = word.letters
        self.index = word.index

    def names(self) -> list[Name]:
        return self._known(self.letters, self.word.start) or self._product() or self._unknown()

    def _known(self, letters: str, start: int) -> list[Name] | None:
        """Read the letters, which end where the letters of the word end, as one name and its index."""
        whole = f"{letters}{self.index}"
        if self.index and (function := _function(whole)):
            return [Name("function", function, start, self.word.end)]
        if function := _function(letters):
            return [Name("function", function, start, self._letters_end()), *self._number()]
        if constant := _constant(letters):
            if self.index:
                raise self._mistake(f"{letters} is a number and takes no index.", f"{letters}*{self.index}")
            return [Name("constant", constant, start, self.word.end)]
        if letters.lower() == "yhat" or len(letters) == 1:
            return [self._variable("ŷ" if len(letters) > 1 else letters, start)]
        return None

    def _letters_end(self) -> int:
        # "y" and a combining hat are two characters for one letter: count from the end
        return self.word.end - (len(self.word.text) - len(self.letters))

    def _number(self) -> list[Name]:
        """What stands right behind a function, as in sin2x, is a number and not an index."""
        if not self.index:
            return []
        if self.word.joined:
            instead = f"1/ln({self.index})*ln" if self.letters.lower() == "log" else self.letters
            message = f"{self.letters} takes no index; the logarithms are ln, log2 and log10."
            raise self._mistake(message, instead)
        return [Name("number", self.index, self._letters_end(), self.word.end)]

    def _variable(self, letter: str, start: int) -> Name:
        if len(self.index) > _LONGEST_INDEX:
            raise self._mistake("An index has at most two digits, as in x12.", letter + self.index[:_LONGEST_INDEX])
        index = str(int(self.index)) if self.index else ""
        return Name("variable", letter + index, start, self.word.end)

    def _product(self) -> list[Name] | None:
        """Read single letters side by side, or such letters before the name of a function."""
        for cut in range(1, len(self.letters) - 1):
            rest = self.letters[cut:]
            if _function(rest) or _function(rest + self.index):
                head = self.letters[:cut]
                names = (
                    self._single(head) if cut <= _LONGEST_PRODUCT and not _close(head) else self._function_first(head)
                )
                return names and names + (self._known(rest, self.word.start + cut) or [])
        if len(self.letters) > _LONGEST_PRODUCT or self._is_misspelled():
            return None
        last = self._known(self.letters[-1], self._letters_end() - 1)
        return self._single(self.letters[:-1]) + (last or [])

    def _is_misspelled(self) -> bool:
        if self.letters in _MISSPELLINGS or self.letters.lower() in _QUOTIENTS:
            return True
        if len(self.letters) < _LONGEST_PRODUCT:
            return False
        return self.opens or bool(_close(self.letters)) or bool(_opening_function(self.letters))

    def _single(self, letters: str) -> list[Name]:
        start = self.word.start
        return [
            Name("constant" if letter == "e" else "variable", letter, start + i, start + i + 1)
            for i, letter in enumerate(letters)
        ]

    def _function_first(self, head: str) -> list[Name] | None:
        function = _function(head)
        start = self.word.start
        return [Name("function", function, start, start + len(head))] if function else None

    def _unknown(self) -> list[Name]:
        letters, lower = self.letters, self.letters.lower()
        rest = self.index and f" {self.index}"
        if letters in _MISSPELLINGS or lower in _MISSPELLINGS:
            known = _MISSPELLINGS.get(letters) or _MISSPELLINGS[lower]
            raise self._mistake(f"{letters} is written {known} here.", known + rest)
        if lower in _QUOTIENTS:
            raise self._mistake(f"{letters} is written {_QUOTIENTS[lower]} here.", _QUOTIENTS[lower] + rest)
        if function := _opening_function(letters):
            argument = letters[len(function) :] + self.index
            instead = f"{function}({argument})"
            raise self._mistake(f"The argument of {function} stands in parentheses or behind a space.", instead)
        if close := _close(letters):
            message = f"There is no function {letters}. Did you mean {close}? A product is written with *."
            raise self._mistake(message, close + rest, "*".join(letters) + self.index)
        if self.opens or len(letters) > _LONGEST_PRODUCT:
            message = f"There is no function {letters}. Variables are single letters, as in x, y, x1."
            raise self._mistake(message, *(["*".join(letters)] if len(letters) <= _LONGEST_PRODUCT else []))
        raise AssertionError(letters)

    def _mistake(self, message: str, *instead: str) -> Mistake:
        start, end = self.word.start, self.word.end
        return Mistake(message, start, end, *(self.text[:start] + each + self.text[end:] for each in instead))


def _function(word: str) -> str | None:
    return NAMES.get(word) or NAMES.get(word.lower() if len(word) > 1 else "")


def _constant(word: str) -> str | None:
    return _CONSTANTS.get(word) or (_CONSTANTS.get(word.lower()) if len(word) > 1 else None)


def _close(word: str) -> str | None:
    """The function whose name is written most like this word."""
    if len(word) < _LONGEST_PRODUCT:
        return None
    return next(iter(get_close_matches(word.lower(), NAMES, n=1, cutoff=_CLOSE)), None)


def _opening_function(word: str) -> str | None:
    """The longest function that the word begins with, where what follows may be its argument."""
    found = [name for name in NAMES if word.lower().startswith(name) and 0 < len(word) - len(name) <= _LONGEST_PRODUCT]
    return max(found, key=len, default=None)
