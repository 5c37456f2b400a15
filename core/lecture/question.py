"""A question that a station asks before it shows, and the moves that show its answer."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Move:
    """What is done on the page to show an answer: a control that is pressed, or a field that gets a number.

    Attributes
    ----------
    control : str
        The control as a CSS selector.
    to : float or None
        The number; None where it is pressed.
    """

    control: str
    to: float | None = None


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    name : str
        Unique.
    station : str
        The station that asks it.
    view : str
        The view of the station that can show it, as in its address.
    slide : int
        The slide it goes with.
    text : str
        What is asked.
    call, method : str
        The last parts of the address of a call; "GET" where the request is its query, not its body.
    request : dict
        Its body.
    number : str
        Where the answer stands in what it answers: a number, or the gradient where a direction is asked for.
    because : str
        What is said when it is answered.
    kind : str
        "number": one is typed. "choice": one of `choices`. "direction": the way down, as two numbers.
    choices : tuple of (text, value)
        What can be chosen; the value None stands for "no such number".
    reveal : tuple of Move
        How the page shows it.
    """

    name: str
    station: str
    slide: int
    text: str
    call: str
    request: dict[str, Any]
    number: str
    because: str
    reveal: tuple[Move, ...]
    kind: Literal["number", "choice", "direction"] = "number"
    choices: tuple[tuple[str, float | None], ...] = ()
    view: str = ""
    method: Literal["GET", "POST"] = "POST"


def example(name: str, *moves: Move) -> tuple[Move, ...]:
    """An example is chosen, and what comes after."""
    return (Move(f"[data-example={name}]"), *moves)


def at(**fields: float) -> tuple[Move, ...]:
    """Fields get their numbers, by the names of their ids."""
    return tuple(Move(f"#{name.replace('_', '-')}", value) for name, value in fields.items())


def number(address: str) -> Move:
    """A number of the page is pressed, by its address in the API."""
    return Move(f'[data-number="{address}"]')
