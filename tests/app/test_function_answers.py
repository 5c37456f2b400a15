"""Every example of the catalog is answered as OpenAPI describes it; here in the tests' own process."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel

from app import functions, symbolic_worker
from app.schemas import function_answers as answers
from app.schemas import functions as requests
from app.settings import Limits
from core.calculus_examples import EXAMPLES, CalculusExample
from tests import event_loop

CALLS: dict[str, tuple[Any, type[BaseModel], type[BaseModel]]] = {
    "derivative": (functions.derivative, requests.DerivativeRequest, answers.DerivativeAnswer),
    "gradient": (functions.gradient, requests.GradientRequest, answers.GradientAnswer),
    "jacobian": (functions.jacobian, requests.JacobianRequest, answers.JacobianAnswer),
    "chain": (functions.chain, requests.ChainRequest, answers.ChainAnswer),
    "descent": (functions.descent, requests.DescentRequest, answers.DescentAnswer),
}


class HerePool:
    """Answers where it is asked."""

    async def ask(self, location: str, call: str, arguments: dict[str, Any]) -> bytes:
        found = symbolic_worker.answer(call, arguments)
        assert found is not None, location
        return found


def ask(call: str, request: dict[str, Any]) -> dict[str, Any]:
    function, body, answer = CALLS[call]
    lab = SimpleNamespace(symbolic=HerePool(), limits=Limits())
    content = event_loop.run(function(lab, body(**request)))
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
