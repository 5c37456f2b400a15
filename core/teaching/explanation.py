"""What an answer to "why?" is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from core.teaching import names
from core.teaching.numbers import Number
from core.teaching.writing import Writing

# a sum of more terms is not written out term by term
MOST_TERMS = 1000


@dataclass(frozen=True)
class Term:
    """One term of a sum: its factors, its value, and what is done to the factors when they are not multiplied."""

    factors: tuple[Number, ...]
    value: float
    operation: str | None = None
    number: Number | None = None


@dataclass(frozen=True)
class Explanation:
    """One number unfolded.

    Attributes
    ----------
    formula, filled : str
        LaTeX of the right side, with letters and with numbers.
    numpy : str
        A line that gives the number in a namespace of the operands.
    slide : int
        Where the lecture has it.
    operands : tuple of Number
        All that the number is computed from.
    terms : tuple of Term or None
        Where it is a sum, the sum written out; `divisor` then divides it.
    left_out : int
        Operands that are too many to be listed.
    note : str or None
        A sentence where a formula alone says little, as of a zero by structure.
    """

    formula: str
    filled: str
    numpy: str
    slide: int
    operands: tuple[Number, ...] = ()
    terms: tuple[Term, ...] | None = None
    divisor: int = 1
    left_out: int = 0
    note: str | None = None


def sum_of_products(
    w: Writing, pairs: list[tuple[Number, ...]], numpy: str, slide: int, divisor: Number | None = None
) -> Explanation:
    """A sum of products, or the mean of a batch: each pair (or single number) is a term."""

    def written(show: Callable[[Number], str]) -> str:
        total = names.added([r" \cdot ".join(map(show, pair)) for pair in pairs])
        if divisor is None:
            return total
        return rf"\frac{{1}}{{{show(divisor)}}} \left( {total} \right)"

    def in_letters() -> str:
        if divisor is None:
            return written(w.latex).replace(r" \cdot ", r" \, ")
        m = w.latex(divisor)
        product = r" \, ".join(map(w.latex_of_any_row, pairs[0]))
        return rf"\frac{{1}}{{{m}}} \sum_{{i=1}}^{{{m}}} {product}"

    operands = tuple(dict.fromkeys(number for pair in pairs for number in pair))
    terms = tuple(Term(pair, _product(w, pair)) for pair in pairs[:MOST_TERMS])
    kept = operands[: 2 * MOST_TERMS + 1] + (() if divisor is None else (divisor,))
    left_out = max(0, len(operands) - 2 * MOST_TERMS - 1)
    filled = w.rounded(operands[0]) if len(pairs) == len(operands) == 1 else written(w.factor)
    return Explanation(
        in_letters(),
        filled,
        numpy,
        slide,
        kept,
        None if len(pairs) > MOST_TERMS else terms,
        1 if divisor is None else int(w.value(divisor)),
        left_out,
    )


def _product(w: Writing, pair: tuple[Number, ...]) -> float:
    product = 1.0
    for number in pair:
        product *= w.value(number)
    return product
