"""What function calls refuse, at once, with the place and what would be right."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

Answer = dict[str, Any]

DERIVATIVE = {"expression": "x^2", "at": 1.5, "delta": 0.5, "domain": [-3, 3], "samples": 201}

GRADIENT = {"expression": "x^2 + 3y", "at": {"x": 1, "y": 2}}

JACOBIAN = {"expressions": ["x1 + 2 x2", "3x1 - x2"], "at": {"x1": 1, "x2": 1}}

CHAIN = {"outer": "sin(u)", "inner": "x^2"}

DESCENT = {"expression": "x^2", "start": {"x": 2.5}}

BAD: list[tuple[str, Answer, str, Any]] = [
    ("derivative", DERIVATIVE, "expression", 5),
    ("derivative", DERIVATIVE, "expression", ""),
    ("derivative", DERIVATIVE, "expression", "x+"),
    ("derivative", DERIVATIVE, "expression", "x*y"),
    ("derivative", DERIVATIVE, "expression", "x" * 100_000),
    ("derivative", DERIVATIVE, "expression", "sqrt(-x^2)"),
    ("derivative", DERIVATIVE, "at", "1"),
    ("derivative", DERIVATIVE, "at", True),
    ("derivative", DERIVATIVE, "at", None),
    ("derivative", DERIVATIVE, "at", float("nan")),
    ("derivative", DERIVATIVE, "at", 1e10),
    ("derivative", DERIVATIVE, "delta", 0),
    ("derivative", DERIVATIVE, "delta", -0.0),
    ("derivative", DERIVATIVE, "delta", float("inf")),
    ("derivative", DERIVATIVE, "domain", [3, -3]),
    ("derivative", DERIVATIVE, "domain", [1, 1]),
    ("derivative", DERIVATIVE, "domain", [1]),
    ("derivative", DERIVATIVE, "domain", [1, 2, 3]),
    ("derivative", DERIVATIVE, "domain", {"x": [1, 2]}),
    ("derivative", DERIVATIVE, "domain.1", [1, "2"]),
    ("derivative", DERIVATIVE, "samples", 1),
    ("derivative", DERIVATIVE, "samples", 2002),
    ("derivative", DERIVATIVE, "samples", 20.5),
    ("derivative", DERIVATIVE, "dellta", 0.5),
    ("gradient", GRADIENT, "expression", "x + y + z"),
    ("gradient", GRADIENT, "expression", "x +"),
    ("gradient", GRADIENT, "at", {"x": 1}),
    ("gradient", GRADIENT, "at", {"x": 1, "y": 2, "z": 3}),
    ("gradient", GRADIENT, "at", [1, 2]),
    ("gradient", GRADIENT, "at.2", {"x": 1, "2": 2}),
    ("gradient", GRADIENT, "at.sin(x)", {"x": 1, "sin(x)": 2}),
    ("gradient", GRADIENT, "at.+", {"x": 1, "+": 2}),
    ("gradient", GRADIENT, "at.x_1", {"x1": 1, "x_1": 2}),
    ("gradient", GRADIENT, "at.y", {"x": 1, "y": "2"}),
    ("gradient", GRADIENT, "at.y", {"x": 1, "y": float("nan")}),
    ("gradient", GRADIENT, "domain.x", {"x": [3, -3]}),
    ("gradient", GRADIENT, "domain.x", {"x": [3]}),
    ("gradient", GRADIENT, "domain.z", {"z": [-3, 3]}),
    ("gradient", GRADIENT, "domain.(x)", {"x": [-3, 3], "(x)": [-1, 1]}),
    ("gradient", GRADIENT, "domain", {" " * index + "x": [-3, 3] for index in range(5)}),
    ("gradient", GRADIENT, "domain", [-3, 3]),
    ("gradient", GRADIENT, "samples", 102),
    ("gradient", GRADIENT, "samples", 1),
    ("gradient", GRADIENT, "delta", 1),
    ("jacobian", JACOBIAN, "expressions", []),
    ("jacobian", JACOBIAN, "expressions", ["x1"] * 5),
    ("jacobian", JACOBIAN, "expressions", "x1"),
    ("jacobian", JACOBIAN, "expressions.1", ["x1", "x1 + y"]),
    ("jacobian", JACOBIAN, "expressions.1", ["x1", "sen(x1)"]),
    ("jacobian", JACOBIAN, "expressions.1", ["x1", "sqrt(-x1^2)"]),
    ("jacobian", JACOBIAN, "at", {}),
    ("jacobian", JACOBIAN, "at", {"a": 1, "b": 2, "c": 3, "d": 4, "f": 5}),
    ("jacobian", JACOBIAN, "domain.x1", {"x1": [2, 1]}),
    ("jacobian", JACOBIAN, "side", 0),
    ("jacobian", JACOBIAN, "side", -1),
    ("jacobian", JACOBIAN, "samples", 3),
    ("chain", CHAIN, "outer", "u + v"),
    ("chain", CHAIN, "outer", "sen(u)"),
    ("chain", CHAIN, "outer", None),
    ("chain", CHAIN, "inner", "x y"),
    ("chain", CHAIN, "inner", "(x"),
    ("chain", CHAIN, "outer", "sqrt(-u^2)"),
    ("chain", CHAIN, "inner", "sqrt(-x^2)"),
    ("chain", CHAIN, "nudge", 0),
    ("chain", CHAIN, "nudge", "0.1"),
    ("chain", CHAIN, "domain", [2, 1]),
    ("chain", CHAIN, "samples", 0),
    ("chain", CHAIN, "delta", 1),
    ("descent", DESCENT, "expression", "x y"),
    ("descent", DESCENT, "expression", "x+"),
    ("descent", DESCENT, "start", "2"),
    ("descent", DESCENT, "start", None),
    ("descent", DESCENT, "start", True),
    ("descent", DESCENT, "start", float("nan")),
    ("descent", DESCENT, "start", []),
    ("descent", DESCENT, "start", {}),
    ("descent", DESCENT, "start", {"x": 1, "y": 2, "z": 3}),
    ("descent", DESCENT, "start.x", {"x": "1"}),
    ("descent", DESCENT, "start.2", {"2": 1}),
    ("descent", DESCENT, "expression", "y^2 + z"),
    ("descent", DESCENT, "steps", 0),
    ("descent", DESCENT, "steps", 1001),
    ("descent", DESCENT, "optimizer.method", {"method": "adamw"}),
    ("descent", DESCENT, "optimizer.learning_rate", {"learning_rate": 0}),
    ("descent", DESCENT, "optimizer.learning_rate", {"learning_rate": 1e7}),
    ("descent", DESCENT, "optimizer.momentum", {"momentum": 1}),
    ("descent", DESCENT, "optimizer.eta", {"eta": 1}),
]


@pytest.mark.parametrize(("call", "body", "location", "value"), BAD)
def test_refuses(shared_client: TestClient, call: str, body: Answer, location: str, value: Any) -> None:
    content = json.dumps({**body, location.split(".")[0]: value})
    answer = shared_client.post(
        f"/functions/{call}", content=content, headers={"Content-Type": "application/json"}
    )  # fmt: skip
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert location in [error["location"] for error in answer.json()["errors"]], answer.text
    assert all(error["message"] for error in answer.json()["errors"])


@pytest.mark.parametrize(
    ("call", "body", "message"),
    [
        ("gradient", {"expression": "x y", "at": [1, 2]}, 'Give a JSON object that names each variable, as {"x": …}.'),
        ("gradient", {"expression": "x", "at": {"x": 1}}, "Give at least 2 of them."),
        ("jacobian", {"expressions": ["x"] * 5, "at": {"x": 1}}, "Give at most 4 of them."),
        ("jacobian", {"expressions": "x", "at": {"x": 1}}, "Give a JSON list, in brackets."),
        ("derivative", {"expression": "x", "domain": [1]}, "Give at least 2 of them."),
        (
            "descent",
            {"expression": "x", "start": [1]},
            'Give a number, or one for each variable by its name, as {"x": 1, "y": 2}.',
        ),
    ],
)
def test_says_what_would_be_right(shared_client: TestClient, call: str, body: Answer, message: str) -> None:
    errors = shared_client.post(f"/functions/{call}", json=body).json()["errors"]
    assert [error["message"] for error in errors] == [message]


def test_a_number_too_large_for_json(shared_client: TestClient) -> None:
    answer = shared_client.post(
        "/functions/derivative",
        content='{"expression": "x^2", "at": 1e999}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "at"


def test_what_cannot_be_read_is_answered_with_its_place(shared_client: TestClient) -> None:
    answer = shared_client.post("/functions/derivative", json={"expression": "2 + sen(x)"})
    [error] = answer.json()["errors"]
    assert (error["location"], error["position"], error["length"]) == ("expression", 4, 3)
    assert error["suggestion"] == "2 + sin(x)"
    answer = shared_client.post("/functions/descent", json={"expression": "x y", "start": 1})
    assert answer.json()["errors"][0]["location"] == "start"
    answer = shared_client.post("/functions/derivative", json={"expression": "x", "delta": 0})
    assert answer.json()["errors"][0].keys() == {"location", "message"}


HOSTILE = [
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "lambda: x",
    "x.__class__",
    "exec(x)",
    "[x for x in (1,)]",
    "9**9**9**9",
    "e^e^e^e^e^9",
    "((((((((((((((((((((((((((((((x",
    "x^" * 60 + "x",
    "2^1000000000",
    "1e999",
    "x" * 200,
    "sin(" * 40 + "x" + ")" * 40,
    "\x00x",
    "x;y",
    "x\n+1; import os",
    "${7*7}",
    "{{x}}()",
    "<script>alert(1)</script>",
    "1/0",
    "0^-1",
    "x!!!!!",
    "factorial(10000000)",
    "\u202ex",
    "😀",
]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_refused_at_once(shared_client: TestClient, text: str) -> None:
    answer = shared_client.post("/functions/derivative", json={"expression": text})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["location"] == "expression"
