"""Formulas: reading, refusing hostile text, differentiating, evaluating; medians and the slowest, in milliseconds."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.calculus.symbolic import derivative
from core.errors import FormulaError
from core.formulas.expressions import parse
from core.formulas.programs import evaluate, program_of
from tests.core.calculus.test_symbolic import FUNCTIONS_BY_HAND
from tests.core.formulas.test_expressions import READ
from tests.core.formulas.test_hostile import REFUSED

ROUNDS = 5


def refuse(text: str) -> None:
    """Read what cannot be read."""
    try:
        parse(text)
    except FormulaError:
        return
    raise AssertionError(text)


def row(label: str, calls: dict[str, Callable[[], object]]) -> None:
    """Print the median over all calls, and the slowest one, each the best of some rounds."""
    taken: dict[str, float] = {}
    for name, call in calls.items():
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            call()
            times.append(1000 * (time.perf_counter() - began))
        taken[name] = min(times)
    slowest = max(taken, key=lambda name: taken[name])
    print(f"{label:34}{len(taken):4} texts  median {statistics.median(taken.values()):7.3f} ms", end="  ")
    print(f"slowest {taken[slowest]:7.2f} ms ({slowest})")


def main() -> None:
    nodes = {text: parse(text).node for text in FUNCTIONS_BY_HAND}
    x = [np.linspace(-3, 3, 2001)]
    row("read", {text: lambda text=text: parse(text) for text in READ})
    row("refuse hostile text", {name: lambda text=text: refuse(text) for name, text in REFUSED.items()})
    row("differentiate", {text: lambda node=node: derivative(node, "x") for text, node in nodes.items()})
    programs = {text: program_of(node, ("x",)) for text, node in nodes.items()}
    row("evaluate at 2001 points", {text: lambda p=program: evaluate(p, x) for text, program in programs.items()})


if __name__ == "__main__":
    main()
