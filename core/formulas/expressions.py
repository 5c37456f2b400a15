"""A formula as people write it → a tree; never eval. What cannot be read has its place named and a suggestion."""

from dataclasses import dataclass

from core.errors import FormulaError
from core.formulas.bounds import check
from core.formulas.grammar import tree_of
from core.formulas.nodes import Node, variables_of
from core.formulas.printing import latex_of, text_of
from core.formulas.tokens import Mistake

EXAMPLE = "x^2"
_REPAIRS = 12  # how many texts are tried for a suggestion


@dataclass(frozen=True)
class Expression:
    """A formula that has been read.

    Attributes
    ----------
    node : Node
        Its tree.
    variables : tuple of str
        In their natural order; ŷ is one of them where it was written as yhat.
    """

    node: Node
    variables: tuple[str, ...]

    @property
    def text(self) -> str:
        """The canonical text."""
        return text_of(self.node)

    @property
    def latex(self) -> str:
        """The formula in LaTeX."""
        return latex_of(self.node)


def parse(text: str, location: str = "expression") -> Expression:
    """Read a formula as people write it.

    Parameters
    ----------
    text : str
        As in ``x^2``, ``2x``, ``sin 2x``, ``|x|``, ``√x``, ``y = x²``. Variables are single letters but e, with an
        index of up to two digits, and ŷ; ``xy`` is x·y. What may be called stands in FUNCTIONS.
    location : str
        Dotted path of the text in the request, for the error.

    Returns
    -------
    Expression

    Raises
    ------
    FormulaError
        With the place in the text and a suggestion that can be read.
    """
    try:
        node = _read(text)
    except Mistake as mistake:
        place = mistake.start, max(mistake.end - mistake.start, 0)
        raise FormulaError(location, mistake.message, *place, _suggestion(mistake)) from None
    return Expression(node, variables_of(node))


def _suggestion(mistake: Mistake) -> str:
    """A text that can be read: the first way to put this mistake right, and those behind it, else an example."""
    candidates = list(mistake.instead)
    for _ in range(_REPAIRS):
        if not candidates:
            break
        text = candidates.pop(0)
        try:
            _read(text)
        except Mistake as next_mistake:
            candidates = [*next_mistake.instead, *candidates]
        else:
            return text.strip()
    return EXAMPLE


def _read(text: str) -> Node:
    node = tree_of(text)
    check(node, text)
    return node
