"""What the stations ask before they show: each answer is a number that another call answers."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from app.backend import Backend
from app.encoding import encoded
from app.errors import Problem
from app.functions import calls as functions
from app.landscape import curvatures, rates
from app.schemas.backpropagation import BackpropagationRequest
from app.schemas.chain import ChainRequest
from app.schemas.derivative import DerivativeRequest
from app.schemas.descent import DescentRequest
from app.schemas.gradient import GradientRequest
from app.schemas.jacobian import JacobianRequest
from app.schemas.landscape import FirstSharpnessRequest
from app.schemas.plane import PlaneRequest
from app.schemas.rates import FirstLineRequest
from app.teaching import calls
from app.teaching.plane import first_plane
from core.lecture.question import Question
from core.lecture.questions import QUESTIONS
from core.teaching.exercises.questions import Verdict, judge

DIGITS = 4
_PLACE = re.compile(r"\{([^{}]+)\}")
_STEP = re.compile(r"[^.\[\]]+")
_BY_NAME = {question.name: question for question in QUESTIONS}
# what the calls answered, by question: it never changes, and must not wait for a busy worker again
_KNOWN: dict[str, Any] = {}


async def _backpropagation(backend: Backend, body: BackpropagationRequest) -> bytes:
    return (await backend.read(encoded, calls.backpropagation, backend, body))[1]


async def _line(backend: Backend, body: FirstLineRequest) -> bytes:
    return (await backend.read(encoded, rates.first_line, backend, body))[1]


async def _sharpness(backend: Backend, body: FirstSharpnessRequest) -> bytes:
    return (await backend.read(encoded, curvatures.of_first, backend, body))[1]


async def _plane(backend: Backend, body: PlaneRequest) -> bytes:
    return (await backend.read(encoded, first_plane, backend, body))[1]


async def _costs(backend: Backend, body: dict[str, Any]) -> bytes:
    return (await backend.read(encoded, calls.costs, backend, body["layer_sizes"]))[1]


_CALLS: dict[str, tuple[type[Any], Callable[..., Awaitable[bytes]]]] = {
    "functions/derivative": (DerivativeRequest, functions.derivative),
    "functions/gradient": (GradientRequest, functions.gradient),
    "functions/jacobian": (JacobianRequest, functions.jacobian),
    "functions/chain": (ChainRequest, functions.chain),
    "functions/descent": (DescentRequest, functions.descent),
    "backpropagation": (BackpropagationRequest, _backpropagation),
    "backpropagation/line": (FirstLineRequest, _line),
    "backpropagation/sharpness": (FirstSharpnessRequest, _sharpness),
    "backpropagation/plane": (PlaneRequest, _plane),
    "backpropagation/cost": (dict, _costs),
}


async def listed(backend: Backend, station: str | None) -> dict[str, Any]:
    """The questions of a station, or all."""
    wanted = [question for question in QUESTIONS if station in (None, question.station)]
    return {"questions": [await _view(backend, question) for question in wanted]}


async def judged(backend: Backend, name: str, answer: float | str | list[float] | None) -> dict[str, Any]:
    """What is said of an answer, with the right one; null is told it."""
    question = _BY_NAME.get(name)
    if question is None:
        raise Problem(404, f"There is no such question. Known: {', '.join(_BY_NAME)}.")
    known = await _ask(backend, question)
    expected = number_at(known, question.number)
    verdict = Verdict("told", "") if answer is None else judge(question, answer, expected)
    value = [-each for each in expected] if question.kind == "direction" else expected
    because = _filled(question.because, known)
    choice = next((text for text, number in question.choices if number == expected), None)
    found = {"name": name, "right": verdict.right, "value": value, "choice": choice, "because": because}
    return asdict(verdict) | found


def number_at(known: Any, address: str) -> Any:
    """What stands in an answer at an address, as ``layers[0].deltas[0][2]``."""
    for step in _STEP.findall(address):
        known = known[int(step)] if isinstance(known, list) else known[step]
    return known


async def _view(backend: Backend, question: Question) -> dict[str, Any]:
    # only a text that holds numbers asks for them
    known = await _ask(backend, question) if _PLACE.search(question.text) else None
    view = asdict(question) | {"text": _filled(question.text, known)}
    view["choices"] = [text for text, _ in question.choices]
    del view["because"]
    return view


async def _ask(backend: Backend, question: Question) -> Any:
    if question.name not in _KNOWN:
        read, ask = _CALLS[question.call]
        _KNOWN[question.name] = await asyncio.to_thread(json.loads, await ask(backend, read(**question.request)))
    return _KNOWN[question.name]


def _filled(text: str, known: Any) -> str:
    """A text with the numbers of its addresses."""
    return _PLACE.sub(lambda found: _written(number_at(known, found[1])), text)


def _written(value: float) -> str:
    text = f"{value:.0f}" if float(value).is_integer() else f"{value:.{DIGITS}g}"
    if len(text) > DIGITS + 1 and text.isdigit():
        text = f"{int(text):,}".replace(",", "\u202f")
    return "0" if value == 0 else text.replace("-", "−")
