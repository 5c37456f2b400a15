"""Function calls over HTTP: the lecture's numbers to the name, obstacles, and what is refused."""

import json
import subprocess
import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.formulas.programs import evaluate
from core.lecture.examples import EXAMPLES
from core.lecture.surfaces import SURFACES

Answer = dict[str, Any]


def ask(client: TestClient, call: str, **body: Any) -> Answer:
    answer = client.post(f"/functions/{call}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_derivative_of_the_lecture(shared_client: TestClient) -> None:
    found = ask(
        shared_client, "derivative", expression="x^2", at=1.5, delta=0.5, domain=[-3, 3], samples=201
    )  # fmt: skip
    assert found["expression"] == {
        "text": "x**2",
        "latex": "x^{2}",
        "mathml": "<math><msup><mi>x</mi><mn>2</mn></msup></math>",
    }
    assert (found["variable"], found["at"], found["value"]) == ("x", 1.5, 2.25)
    assert (found["derivative"]["text"], found["derivative"]["value"]) == ("2*x", 3)
    assert found["secant"] == {"delta": 0.5, "x": 2, "y": 4, "slope": 3.5}
    assert found["tangent"] == {"slope": 3, "intercept": -2.25}
    assert found["table"][0] == {"delta": 1, "slope": 4, "error": 1}
    assert found["table"][15]["delta"] == 1e-15
    assert found["one_sided"] == {"left": 3, "right": 3}
    assert (found["differentiable"], found["obstacle"], found["reason"]) == (True, None, None)
    assert [len(found["curve"][name]) for name in ("x", "y", "derivative")] == [201] * 3
    assert found["limit"][-1]["latex"] == "f'(x) = 2 x"
    assert found["limit"][0]["mathml"].startswith("<math")
    assert sorted(found["programs"]) == ["derivative", "secant", "step", "value"]
    assert evaluate(found["programs"]["secant"], [1.5, 0.5]) == 3.5
    assert {name: found["programs"][name] for name in ("value", "derivative")} == {
        "value": [["variable", 0], ["number", 2], ["power"]],
        "derivative": [["number", 2], ["variable", 0], ["multiply"]],
    }


def test_derivative_needs_only_an_expression(shared_client: TestClient) -> None:
    assert ask(shared_client, "derivative", expression="y = t^2")["variable"] == "t"
    assert ask(shared_client, "derivative", expression="4")["variable"] == "x"


def test_derivative_at_a_kink(shared_client: TestClient) -> None:
    found = ask(shared_client, "derivative", expression="|x|", at=0, samples=10)
    assert (found["differentiable"], found["obstacle"]) == (False, "kink")
    assert found["one_sided"] == {"left": -1, "right": 1}
    assert found["tangent"] is found["derivative"]["value"] is found["table"][3]["error"] is None
    assert "kink" in found["reason"]
    [index] = [k for k, x in enumerate(found["curve"]["x"]) if x == 0]
    assert (found["curve"]["y"][index], found["curve"]["derivative"][index]) == (0, None)


def test_derivative_outside_the_domain(shared_client: TestClient) -> None:
    found = ask(shared_client, "derivative", expression="ln(x)", at=-1, samples=3)
    assert (found["value"], found["obstacle"], found["secant"]["slope"]) == (None, "undefined", None)
    assert found["curve"]["y"][:2] == [None, None]


def test_gradient_of_the_lecture(shared_client: TestClient) -> None:
    found = ask(shared_client, "gradient", expression="x^2 + 3y", at={"x": 1, "y": 2}, samples=3)
    assert (found["variables"], found["at"], found["value"]) == (["x", "y"], {"x": 1, "y": 2}, 7)
    assert [found["partials"][name]["text"] for name in "xy"] == ["2*x", "3"]
    assert [found["partials"][name]["value"] for name in "xy"] == found["gradient"] == [2, 3]
    assert found["norm"] == pytest.approx(13**0.5)
    assert (found["differentiable"], found["reason"]) == (True, None)
    assert (found["slices"]["x"]["slope"], found["slices"]["x"]["intercept"]) == (2, 5)
    assert (found["slices"]["y"]["slope"], found["slices"]["y"]["intercept"]) == (3, 1)
    assert found["surface"] == {"x": [-3, 0, 3], "y": [-3, 0, 3], "z": [[0, -9, 0], [9, 0, 9], [18, 9, 18]]}
    assert [len(found["arrows"][name]) for name in ("x", "y", "dx", "dy")] == [121] * 4
    assert found["programs"]["partials"]["y"] == [["number", 3]]


def test_squared_error_of_the_lecture(shared_client: TestClient) -> None:
    [example] = [example for example in EXAMPLES if example.name == "squared-error"]
    for mark, error in zip(example.marks, (1, 1, 4, 4), strict=True):
        found = ask(shared_client, "gradient", **{**example.request, "at": mark})
        assert found["variables"] == ["ŷ", "y"]
        assert found["value"] == error
        assert found["gradient"] == [2 * (mark["ŷ"] - mark["y"]), -2 * (mark["ŷ"] - mark["y"])]


def test_names_of_variables_as_people_write_them(shared_client: TestClient) -> None:
    found = ask(
        shared_client, "gradient", expression="x₁ ŷ", at={"yhat": 2, "x_1": 5}, domain={"x₁": [0, 1]}, samples=2
    )
    assert (found["variables"], found["gradient"]) == (["ŷ", "x1"], [5, 2])
    assert (found["surface"]["x"], found["surface"]["y"]) == ([-3, 3], [0, 1])


def test_a_gradient_at_a_kink_and_one_in_one_variable(shared_client: TestClient) -> None:
    found = ask(shared_client, "gradient", expression="|x|", at={"x": 0, "y": 2}, samples=2)
    assert (found["gradient"], found["norm"], found["differentiable"]) == ([None, 0], None, False)
    assert "Along x, with y = 2 held: f has a kink at x = 0" in found["reason"]
    assert found["slices"]["x"]["slope"] is found["slices"]["x"]["intercept"] is None
    assert found["arrows"]["dx"].count(None) == 11


def test_jacobian_of_the_lecture(shared_client: TestClient) -> None:
    found = ask(
        shared_client, "jacobian", expressions=["x1 + 2 x2", "3x1 - x2"], at={"x1": 1, "x2": 1}, side=0.5
    )  # fmt: skip
    assert (found["variables"], found["values"]) == (["x1", "x2"], [3, 2])
    assert found["matrix"] == [[1, 2], [3, -1]]
    assert [[entry["text"] for entry in row] for row in found["symbolic"]] == [["1", "2"], ["3", "-1"]]
    assert found["determinant"] == -7
    assert (found["differentiable"], found["reason"]) == (True, None)
    line = found["grid"][0]
    assert (line["along"], line["fixed"], line["x"][0][0], line["x"][1][0]) == ("x1", -2, -2, -2)
    assert [row[0] for row in line["image"]] == [-6, -4]
    assert len(found["grid"]) == 18
    square = found["square"]
    assert square["corners"] == [[1, 1], [1.5, 1], [1.5, 1.5], [1, 1.5], [1, 1]]
    assert square["parallelogram"] == [[3, 3.5, 4.5, 4, 3], [2, 3.5, 3, 1.5, 2]]
    assert square["areas"] == {"square": 0.25, "image": pytest.approx(1.75), "parallelogram": pytest.approx(1.75)}
    assert square["step"] == {"change": [1.5, 1], "linear": [1.5, 1]}
    assert [edge[0] for edge in square["edges"]] == [edge[-1] for edge in square["edges"]] == [1, 1]
    assert found["programs"]["matrix"][1] == [[["number", 3]], [["number", 1], ["negate"]]]


def test_jacobians_of_other_shapes(shared_client: TestClient) -> None:
    found = ask(shared_client, "jacobian", expressions=["x y z"], at={"x": 1, "y": 2, "z": 3})
    assert (found["matrix"], found["determinant"]) == ([[6, 3, 2]], None)
    assert found["grid"] is found["square"] is None
    found = ask(shared_client, "jacobian", expressions=["t^2", "t^3", "t^4"], at={"t": 1})
    assert found["matrix"] == [[2], [3], [4]]
    found = ask(shared_client, "jacobian", expressions=["|x|", "y"], at={"x": 0, "y": 0})
    assert (found["matrix"], found["determinant"]) == ([[None, 0], [0, 1]], None)
    assert found["square"]["parallelogram"] is found["square"]["step"]["linear"] is None
    assert found["square"]["areas"] == {"square": 0.25, "image": 0.25, "parallelogram": None}
    assert found["reason"].startswith("Output 1: Along x, with y = 0 held: f has a kink")


def test_chain_rule(shared_client: TestClient) -> None:
    found = ask(shared_client, "chain", outer="sin(u)", inner="x^2", at=1, nudge=0.1, samples=5)
    inner, outer, composite = found["inner"], found["outer"], found["composite"]
    assert (inner["text"], inner["variable"], inner["value"], inner["slope"]) == ("x**2", "x", 1, 2)
    assert (outer["text"], outer["variable"], outer["derivative"]["text"]) == ("sin(u)", "u", "cos(u)")
    assert (composite["text"], composite["derivative"]["text"]) == ("sin(x**2)", "2*x*cos(x**2)")
    assert found["product"] == outer["slope"] * inner["slope"]
    assert found["product"] == pytest.approx(composite["slope"], rel=1e-15)
    assert found["nudge"]["du"] == pytest.approx(0.21)
    assert found["nudge"]["du_linear"] == 0.2
    assert found["nudge"]["dy_linear"] == pytest.approx(0.1 * found["product"])
    assert (found["differentiable"], found["reason"]) == (True, None)
    assert found["curves"]["inner"] == {"x": [-3, -1.5, 0, 1.5, 3], "y": [9, 2.25, 0, 2.25, 9]}
    assert (found["curves"]["outer"]["x"][0], found["curves"]["outer"]["x"][-1]) == pytest.approx((-0.9, 9.9))
    assert found["programs"]["composite"] == [["variable", 0], ["number", 2], ["power"], ["sin"]]


def test_chain_rule_at_a_kink(shared_client: TestClient) -> None:
    found = ask(shared_client, "chain", outer="relu(u)", inner="2x - 1", at=0.5)
    assert (found["outer"]["slope"], found["inner"]["slope"], found["product"]) == (None, 2, None)
    assert (found["differentiable"], found["composite"]["slope"]) == (False, None)
    assert found["reason"].startswith("f has a kink at u = 0")
    assert found["nudge"]["dy_linear"] is None
    found = ask(shared_client, "chain", outer="|u|", inner="x^2", at=0)
    assert (found["product"], found["differentiable"], found["composite"]["slope"]) == (None, True, 0)
    assert "although f(g) itself has a slope here: 0" in found["reason"]
    found = ask(shared_client, "chain", outer="u^2", inner="1/x", at=0)
    assert found["inner"]["value"] is found["outer"]["value"] is found["outer"]["slope"] is found["nudge"]["du"] is None
    assert found["reason"].startswith("g is not defined at x = 0: division by 0. The curve has a vertical asymptote")


def test_a_composite_too_long_is_refused(shared_client: TestClient) -> None:
    long = "+".join(["x^2"] * 18)
    answer = shared_client.post("/functions/chain", json={"outer": long, "inner": long})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["location"] == "outer"


def test_descent(shared_client: TestClient) -> None:
    found = ask(shared_client, "descent", expression="x^2", start=2.5, steps=2)
    assert (found["variables"], found["expression"]["text"]) == (["x"], "x**2")
    assert found["optimizer"] == {"method": "gradient_descent", "learning_rate": 0.1, "momentum": 0.9}
    assert found["trajectory"] == [
        {"step": 0, "point": [2.5], "value": 6.25, "gradient": [5]},
        {"step": 1, "point": [2], "value": 4, "gradient": [4]},
        {"step": 2, "point": [1.6], "value": pytest.approx(2.56), "gradient": [3.2]},
    ]
    assert (found["diverged_at"], found["overshot_at"], found["reason"]) == (None, [], None)


def test_descent_in_two_variables_and_with_momentum(shared_client: TestClient) -> None:
    optimizer = {"method": "momentum", "learning_rate": 0.1, "momentum": 0.5}
    found = ask(shared_client, "descent", expression="x₁^2 + y", start={"x_1": 1, "y": 0}, optimizer=optimizer, steps=2)
    assert found["variables"] == ["x1", "y"]
    assert [step["point"] for step in found["trajectory"]] == [
        [1, 0],
        [pytest.approx(0.8), pytest.approx(-0.1)],
        [pytest.approx(0.54), pytest.approx(-0.25)],
    ]
    assert ask(shared_client, "descent", expression="4", start=1, steps=1)["trajectory"][1]["point"] == [1]
    assert ask(shared_client, "descent", expression="t^2", start={"t": 1}, steps=1)["variables"] == ["t"]


def test_descent_that_diverges_holds_no_nan(shared_client: TestClient) -> None:
    found = ask(shared_client, "descent", expression="x^4", start=10, steps=20)
    assert found["diverged_at"] == len(found["trajectory"]) - 1
    assert "ran off" in found["reason"]
    assert abs(found["trajectory"][-1]["value"]) > 1e100


def test_catalog_offers_functions_and_examples(shared_client: TestClient) -> None:
    catalog = shared_client.get("/catalog").json()
    names = [function["name"] for function in catalog["functions"]]
    assert {"sin", "exp", "ln", "relu", "sigmoid", "max"} <= set(names)
    assert {"name", "label", "formula", "example"} == catalog["functions"][0].keys()
    parts = {"station", "name", "title", "slides", "call", "request", "settings", "marks"}
    assert parts == catalog["examples"][0].keys()
    assert len({(example["call"], example["name"]) for example in catalog["examples"]}) == len(EXAMPLES)
    assert catalog["limits"]["expression_characters"] == 200
    assert catalog["limits"]["symbolic_seconds"] == 2


@pytest.mark.parametrize(
    "example",
    EXAMPLES,
    ids=lambda example: f"{example.call}-{example.name}",
)
def test_examples_are_answered(shared_client: TestClient, example: Any) -> None:
    found = ask(shared_client, example.call, **example.request)
    assert "NaN" not in json.dumps(found)


def test_functions_called_in_the_catalog_can_be_differentiated(shared_client: TestClient) -> None:
    for function in shared_client.get("/catalog").json()["functions"]:
        assert ask(shared_client, "derivative", expression=function["example"], samples=2)["curve"]["y"]


def test_the_server_does_not_load_sympy() -> None:
    code = "import sys, app.main; assert not {'sympy', 'mpmath'} & set(sys.modules), 'loaded'"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_call_is_described_with_examples(shared_client: TestClient) -> None:
    described = shared_client.get("/openapi.json").json()
    calls = {path: methods["post"] for path, methods in described["paths"].items() if "/functions/" in path}
    names = ["derivative", "gradient", "jacobian", "chain", "descent", "race"]
    assert [path.rpartition("/")[2] for path in calls] == names
    for path, call in calls.items():
        body = call["requestBody"]["content"]["application/json"]
        offered = [example.name for example in EXAMPLES if example.call == path.rpartition("/")[2]]
        assert list(body["examples"]) == (offered or list(SURFACES))
        assert {"200", "413", "422", "429", "503"} <= call["responses"].keys()
        assert call["responses"]["200"]["content"]["application/json"]["schema"]
