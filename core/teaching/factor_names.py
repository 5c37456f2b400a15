"""What the Jacobians of a chain are called, and what their rows and columns stand for."""

from functools import lru_cache

from core.network.jacobians import Factor
from core.teaching import names

Letter = tuple[str, str]
LOSS: Letter = ("L", "L")


def quotient(depth: int, above: Letter, below: Letter) -> tuple[str, str]:
    """d above / d below as name and LaTeX: with d for one layer, as on slides 17–33, with ∂ for several (44)."""
    d = "d" if depth == 1 else r"\partial "
    return f"d{above[0]}/d{below[0]}", rf"\frac{{{d}{above[1]}}}{{{d}{below[1]}}}"


def _numbered(depth: int, letter: str, layer: int) -> Letter:
    return (letter, letter) if depth == 1 else (f"{letter}{layer + 1}", f"{letter}_{{{layer + 1}}}")


def _outputs(depth: int, layer: int) -> Letter:
    return ("y_hat", r"\hat{y}") if layer == depth - 1 else _numbered(depth, "h", layer)


def above(depth: int, factor: Factor) -> Letter:
    """What is differentiated: the rows."""
    match factor.kind:
        case "loss":
            return LOSS
        case "activation":
            return _outputs(depth, factor.layer)
    return _numbered(depth, "z", factor.layer)


def below(depth: int, factor: Factor) -> Letter:
    """With respect to what: the columns."""
    match factor.kind:
        case "loss":
            return _outputs(depth, factor.layer)
        case "activation":
            return _numbered(depth, "z", factor.layer)
        case "inputs":
            return _outputs(depth, factor.layer - 1)
        case "weights":
            return _numbered(depth, "W", factor.layer)
    return _numbered(depth, "b", factor.layer)


def rows(depth: int, factor: Factor) -> tuple[str, ...]:
    """What each row stands for, as z₂."""
    match factor.kind:
        case "loss":
            return ("L",)
        case "activation":
            return _outputs_of(depth, factor.layer, factor.shape[0])
    return _vector("z", depth, factor.layer, factor.shape[0])


def columns(depth: int, factor: Factor) -> tuple[str, ...]:
    """What each column stands for, as w⁽¹⁾₂₁; weights row by row."""
    count = factor.shape[1]
    match factor.kind:
        case "loss":
            return _outputs_of(depth, factor.layer, count)
        case "inputs":
            return _outputs_of(depth, factor.layer - 1, count)
        case "weights":
            return _matrix("w", None if depth == 1 else factor.layer, factor.shape[0], count // factor.shape[0])
    return _vector("b" if factor.kind == "biases" else "z", depth, factor.layer, count)


def _outputs_of(depth: int, layer: int, count: int) -> tuple[str, ...]:
    return _vector("ŷ", 1, layer, count) if layer == depth - 1 else _vector("h", depth, layer, count)


def _vector(letter: str, depth: int, layer: int, count: int) -> tuple[str, ...]:
    return _numbers(letter, None if depth == 1 else layer, count)


# while a cell is dragged the same labels are asked again and again
@lru_cache(maxsize=64)
def _numbers(letter: str, layer: int | None, count: int) -> tuple[str, ...]:
    return tuple(names.text(letter, (i,), layer) for i in range(count))


@lru_cache(maxsize=16)
def _matrix(letter: str, layer: int | None, rows: int, columns: int) -> tuple[str, ...]:
    return tuple(names.text(letter, (i, j), layer) for i in range(rows) for j in range(columns))
