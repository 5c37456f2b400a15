"""What a page shows ahead of the server's next answer, as formulas over a point and a move away from it."""

from collections.abc import Sequence
from itertools import combinations

from core.formulas.nodes import Call, Node, Variable, number, substituted

# Δ, the move, and η, the learning rate: names that no typed formula can have
MOVE, RATE = "Δ", "η"


def change_of(node: Node, variables: Sequence[str]) -> Node:
    """f(x + Δ) − f(x), with every variable moved by the same Δ (slides 6, 14).

    Parameters
    ----------
    node : Node
    variables : sequence of str

    Returns
    -------
    Node
        Over `variables` and ``Δ``.
    """
    moved = {name: Call("add", (Variable(name), Variable(MOVE))) for name in variables}
    return Call("subtract", (substituted(node, moved), node))


def secant_of(node: Node, variable: str) -> Node:
    """The slope of the secant, (f(x + Δ) − f(x)) / Δ (slide 6).

    Parameters
    ----------
    node : Node
    variable : str

    Returns
    -------
    Node
        Over the variable and ``Δ``.
    """
    return Call("divide", (change_of(node, (variable,)), Variable(MOVE)))


def linear_of(slopes: Sequence[Node]) -> Node:
    """What the slopes alone say of a move: Δ · (∂f/∂x₁ + ∂f/∂x₂ + …), a row of J times (Δ, Δ, …) (slides 14, 16).

    Parameters
    ----------
    slopes : sequence of Node
        At least one.

    Returns
    -------
    Node
        Over the variables of the slopes and ``Δ``.
    """
    total, *others = slopes
    for each in others:
        total = Call("add", (total, each))
    return Call("multiply", (total, Variable(MOVE)))


def step_of(slope: Node, variable: str) -> Node:
    """Where a step of gradient descent leads, x − η ∂f/∂x (slides 5, 34).

    Parameters
    ----------
    slope : Node
    variable : str

    Returns
    -------
    Node
        Over the variables of the slope and ``η``.
    """
    return Call("subtract", (Variable(variable), Call("multiply", (Variable(RATE), slope))))


def minors_of(matrix: Sequence[Sequence[Node]]) -> list[Node]:
    """The determinants of every two rows of a matrix with two columns, in the rows' order (slide 15).

    Parameters
    ----------
    matrix : sequence of rows
        Shape (m, 2).

    Returns
    -------
    list of Node
        m (m − 1) / 2 of them.
    """
    return [
        Call("subtract", (Call("multiply", (a, d)), Call("multiply", (b, c))))
        for (a, b), (c, d) in combinations(matrix, 2)
    ]


def area_factor_of(matrix: Sequence[Sequence[Node]]) -> Node | None:
    """How many times as large the Jacobian makes areas: √det(JᵀJ), which is |det J| where J is square.

    Parameters
    ----------
    matrix : sequence of rows
        Shape (m, 2).

    Returns
    -------
    Node or None
        None with one output, which has no area.
    """
    squares: list[Node] = [Call("power", (minor, number(2))) for minor in minors_of(matrix)]
    if not squares:
        return None
    total, *others = squares
    for each in others:
        total = Call("add", (total, each))
    return Call("sqrt", (total,))
