"""Every example of the catalog is answered as OpenAPI describes it; here in the tests' own process."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel

from app.functions import calls
from app.schemas import chain, derivative, descent, gradient, jacobian
from app.settings import Limits
from core.formulas.programs import evaluate
from core.lecture.examples import EXAMPLES, CalculusExample
from tests import event_loop

CALLS: dict[str, tuple[Any, type[BaseModel], type[BaseModel]]] = {
    "derivative": (calls.derivative, derivative.DerivativeRequest, derivative.DerivativeAnswer),
    "gradient": (calls.gradient, gradient.GradientRequest, gradient.GradientAnswer),
    "jacobian": (calls.jacobian, jacobian.JacobianRequest, jacobian.JacobianAnswer),
    "chain": (calls.chain, chain.ChainRequest, chain.ChainAnswer),
    "descent": (calls.descent, descent.DescentRequest, descent.DescentAnswer),
}


class HerePool:
    """Answers where it is asked."""

    async def call(self, function: Callable[..., bytes | None], args: tuple[Any, ...], seconds: float) -> bytes | None:
        return function(*args)


def ask(call: str, request: dict[str, Any]) -> dict[str, Any]:
    function, body, answer = CALLS[call]
    backend = SimpleNamespace(symbolic=HerePool(), limits=Limits())
    content = event_loop.run(function(backend, body(**request)))
    answer.model_validate_json(content, extra="forbid")
    return dict(json.loads(content))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.call}-{example.name}")
def test_example(example: CalculusExample) -> None:
    assert ask(example.call, example.request)


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("derivative", {"expression": "|x|", "at": 0}),
        ("derivative", {"expression": "tan(x)", "at": 1.5707963267948966, "domain": [-9, 9]}),
        ("derivative", {"expression": "ln(x)", "at": -1}),
        ("gradient", {"expression": "|x| + |y|", "at": {"x": 0, "y": 0}}),
        ("gradient", {"expression": "1/(x y)", "at": {"x": 0, "y": 0}}),
        ("jacobian", {"expressions": ["x y z", "1/x"], "at": {"x": 0, "y": 1, "z": 2}}),
        ("jacobian", {"expressions": ["ln(x)", "y"], "at": {"x": -1, "y": 1}}),
        ("chain", {"outer": "u", "inner": "1/x", "at": 0}),
        ("chain", {"outer": "ln(u)", "inner": "x^2", "at": 0}),
        ("descent", {"expression": "ln(x)", "start": 0.01}),
        ("descent", {"expression": "x^4", "start": {"x": 100}}),
        ("descent", {"expression": "|x|", "start": 0}),
    ],
)
def test_obstacles(call: str, request_: dict[str, Any]) -> None:
    assert ask(call, request_)["reason"]


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.call == "chain"], ids=lambda each: str(each.name)
)
def test_a_page_can_follow_a_nudge_ahead_of_the_answer(example: CalculusExample) -> None:
    answer = ask("chain", example.request)
    programs, x, nudge = answer["programs"], answer["at"], answer["nudge"]
    if answer["differentiable"]:
        assert float(evaluate(programs["product"], [x])) == pytest.approx(answer["product"], rel=1e-12)
        for name, program in programs["nudge"].items():
            assert float(evaluate(program, [x, nudge["dx"]])) == pytest.approx(nudge[name], rel=1e-12), name
