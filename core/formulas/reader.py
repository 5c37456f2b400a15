"""The signs of a formula in a row, and the place up to which they have been read."""

from dataclasses import dataclass

from core.formulas.functions import NAMES
from core.formulas.names import names_of
from core.formulas.nodes import Span
from core.formulas.tokens import Token, tokens_of


@dataclass(frozen=True)
class Sign:
    """A token of which words have become names.

    Attributes
    ----------
    kind : str
        ``number``, ``constant``, ``variable``, ``function``, ``symbol``, ``superscript`` or ``end``.
    value : str
        The number as typed, the name, or the symbol after folding.
    span : (int, int)
        Its place in the text as it was given.
    """

    kind: str
    value: str
    span: Span

    def is_symbol(self, *symbols: str) -> bool:
        """Whether it is one of these symbols.

        Parameters
        ----------
        *symbols : str

        Returns
        -------
        bool
        """
        return self.kind == "symbol" and self.value in symbols


class Reader:
    """Reads a text sign by sign; a name in front of it, as in ``y =`` or ``f(x) =``, is passed over.

    Parameters
    ----------
    text : str
        As it was typed.

    Raises
    ------
    Mistake
        Where a character, a number or a word cannot be read.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = tokens_of(text)
        self.signs = _signs(tokens[_prefix(tokens) :], text)
        self.at = 0

    @property
    def now(self) -> Sign:
        """The sign to be read next."""
        return self.signs[self.at]

    @property
    def before(self) -> Sign | None:
        """The sign read last, or None at the start."""
        return self.signs[self.at - 1] if self.at else None

    @property
    def after(self) -> Sign:
        """The sign behind the next one."""
        return self.signs[min(self.at + 1, len(self.signs) - 1)]

    @property
    def end(self) -> int:
        """Where the sign read last ends."""
        return self.before.span[1] if self.before else 0

    def take(self) -> Sign:
        """Read the next sign.

        Returns
        -------
        Sign
        """
        self.at += 1
        return self.signs[self.at - 1]

    def replaced(self, start: int, end: int, new: str) -> str:
        """Write the text with something else in one place.

        Parameters
        ----------
        start, end : int
        new : str

        Returns
        -------
        str
        """
        return self.text[:start] + new + self.text[end:]


def _signs(tokens: list[Token], text: str) -> list[Sign]:
    signs: list[Sign] = []
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        if token.kind == "word":
            names = names_of(token, text, opens=following.text == "(")
            signs += [Sign(name.kind, name.value, (name.start, name.end)) for name in names]
        else:
            signs.append(Sign(token.kind, token.text, (token.start, token.end)))
    return signs


def _prefix(tokens: list[Token]) -> int:
    """How many tokens a name in front of the formula takes."""
    if tokens[0].kind != "word" or len(tokens[0].letters) > 1:
        return 0
    name, at = tokens[0].text, 1
    if tokens[at].text == "(":
        while tokens[at].kind == "word" or tokens[at].text in {"(", ","}:
            at += 1
        at += tokens[at].text == ")"
    elif name[0] == "x" or any(name in each.text for each in tokens[1:] if each.letters.lower() not in NAMES):
        return 0  # x = 2 and y = y^2 are equations, not names
    return at + 1 if tokens[at].text == "=" else 0
