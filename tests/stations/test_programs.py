"""A compiled formula gives the page the numbers it gives the core."""

import math

import numpy as np
import pytest
from playwright.sync_api import Page

from core.formulas.expressions import parse
from core.formulas.functions import FUNCTIONS
from core.formulas.programs import evaluate, program_of

POINTS = [-1e6, -800.0, -3.0, -1.0, -0.5, -1e-9, 0.0, 1e-9, 0.3, 1.0, 2.0, 3.7, 750.0, 1e6]
FORMULAS = [
    *(function.example for function in FUNCTIONS.values()),
    "x^2", "2x - 3", "-x^2", "x^-2", "x^0.5", "x^x", "0^x", "1/x", "1/(x-1)", "e^(-1/x^2)", "e^(-x)", "pi x", "|x|/x",
    "max(x, x^2)", "min(1, x)", "sqrt(x^2)", "ln(x)/x", "1/(1 + e^(-x))", "x - x", "(x/x)^0",
]  # fmt: skip


def test_the_page_computes_what_the_core_computes(calm_page: Page, live_server) -> None:
    cases = []
    for text in FORMULAS:
        expression = parse(text)
        variables = expression.variables or ("x",)
        values = [[point + index for index in range(len(variables))] for point in POINTS]
        cases.append({"program": program_of(expression.node, variables), "values": values})
    calm_page.goto("/")
    theirs = calm_page.evaluate(
        """async (cases) => {
            const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
            const { evaluate } = await import(`${root}/js/base/program.js`);
            return cases.map(({ program, values }) => values.map((each) => evaluate(program, each)));
        }""",
        cases,
    )
    for text, case, their in zip(FORMULAS, cases, theirs, strict=True):
        ours = [None if math.isnan(value) else value for value in evaluate(case["program"], np.array(case["values"]).T)]
        # the last digits of the two libraries may differ
        assert their == [our if our is None else pytest.approx(our, rel=1e-12, abs=1e-300) for our in ours], text
