"""What is computed once for a formula, whatever the point: derivatives, programs, and where it may break."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.calculus.symbolic import derivative
from core.errors import InvalidInput
from core.formulas.nodes import Node
from core.formulas.programs import Program, breaks_of, evaluate, program_of
from core.network.activations import Array


@dataclass(frozen=True)
class Analysis:
    """A formula and what follows from it.

    Attributes
    ----------
    node : Node
    variables : tuple of str
        The order of coordinates; the formula may lack some of them.
    partials : tuple of Node
        The derivative by each variable.
    program, partial_programs : Program, tuple of Program
        f and its derivatives over `variables`.
    breaks : tuple of Node
        Where none of these is 0, f is smooth.
    break_programs : tuple of Program
    """

    node: Node
    variables: tuple[str, ...]
    partials: tuple[Node, ...]
    program: Program
    partial_programs: tuple[Program, ...]
    breaks: tuple[Node, ...]
    break_programs: tuple[Program, ...]

    def values(self, *coordinates: Any) -> Array:
        """Evaluate f at many points.

        Parameters
        ----------
        *coordinates : arrays or numbers
            One for each variable.

        Returns
        -------
        array of float64
            NaN where f is undefined.
        """
        return evaluate(self.program, coordinates)


def analyze(node: Node, variables: Sequence[str], location: str = "expression") -> Analysis:
    """Differentiate a formula and make its programs.

    Parameters
    ----------
    node : Node
    variables : sequence of str
        Every variable of the formula, and possibly more.
    location : str
        Dotted path of the formula in the request, for the error.

    Returns
    -------
    Analysis

    Raises
    ------
    InvalidInput
        Where the formula is undefined everywhere, or its derivative cannot be written.
    """
    try:
        partials = tuple(derivative(node, variable) for variable in variables)
    except InvalidInput as error:
        raise InvalidInput(location, error.message) from None
    breaks = tuple(breaks_of(node))
    return Analysis(
        node,
        tuple(variables),
        partials,
        program_of(node, variables),
        tuple(program_of(partial, variables) for partial in partials),
        breaks,
        tuple(program_of(each, variables) for each in breaks),
    )
