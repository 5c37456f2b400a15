"""Every obstacle that a limit can meet, at the very point and beside it, with its one-sided slopes and its words."""

import math

import pytest
from mpmath import mp, mpf

from core.calculus.analysis import analyze
from core.calculus.limits import DIGITS, exact, limit_of, study
from core.calculus.points import PointStudy, along, study_point, zero_near
from core.calculus.reasons import reason_of
from core.formulas.expressions import parse
from core.formulas.nodes import Variable


def look(text: str, at: float) -> PointStudy:
    expression = parse(text)
    [variable] = expression.variables or ("x",)
    return study_point(analyze(expression.node, (variable,)), {variable: at}, variable)


# text, at, obstacle, value, left slope, right slope
CASES = [
    ("|x|", 0, "kink", 0, -1, 1),
    ("|x|", 1, None, 1, 1, 1),
    ("|x|", -1e-300, None, 1e-300, -1, -1),
    ("(1 + x)^2", 1e-300, None, 1, 2, 2),
    ("relu(x)", 0, "kink", 0, 0, 1),
    ("relu(x)", 2, None, 2, 1, 1),
    ("relu(x)", -2, None, 0, 0, 0),
    ("max(x, x^2)", 0, "kink", 0, 0, 1),
    ("max(x, x^2)", 1, "kink", 1, 1, 2),
    ("max(x, x^2)", 2, None, 4, 4, 4),
    ("min(x, 1)", 1, "kink", 1, 1, 0),
    ("|x - 1| + |x + 1|", 1, "kink", 2, 0, 2),
    ("|x - 1| + |x + 1|", 0, None, 2, 0, 0),
    ("|3x - 0.3|", 0.1, "kink", 0, -3, 3),
    ("|3x - 0.3|", 0.1 + 2e-17, None, None, None, None),
    ("|3x - 1|", 1 / 3, "kink", 0, -3, 3),
    ("|x - pi|", math.pi, "kink", 0, -1, 1),
    ("sqrt(x^2)", 0, "kink", 0, -1, 1),
    ("x|x|", 0, None, 0, 0, 0),
    ("x^2 * sign(x)", 0, None, 0, 0, 0),
    ("cbrt(x)^3", 0, None, 0, 1, 1),
    ("x + |x|^1.1", 0, None, 0, 1, 1),
    ("sign(x)", 0, "jump", 0, None, None),
    ("step(x)", 0, "jump", 0, 0, None),
    ("step(-x)", 0, "jump", 0, None, 0),
    ("sqrt(x)", 0, "vertical", 0, None, None),
    ("sqrt(x)", 4, None, 2, 0.25, 0.25),
    ("sqrt(x)", -1, "undefined", None, None, None),
    ("sqrt(3x - 0.3)", 0.1, "vertical", 0, None, None),
    ("sqrt(2 - x^2)", math.sqrt(2), "vertical", 0, None, None),
    ("cbrt(x)", 0, "vertical", 0, None, None),
    ("|x|^(1/2)", 0, "vertical", 0, None, None),
    ("max(x, cbrt(x))", 0, "vertical", 0, 1, None),
    ("-max(x, cbrt(x))", -0.0, "vertical", 0, -1, None),
    ("min(x, cbrt(x))", 0, "vertical", 0, None, 1),
    ("x^x", 0, "vertical", 1, None, None),
    ("asin(x)", 1, "vertical", math.pi / 2, None, None),
    ("asin(x)", 2, "undefined", None, None, None),
    ("x^1.5", 0, "edge", 0, None, 0),
    ("(-x)^1.5", 0, "edge", 0, 0, None),
    ("x^2.5", 0, "edge", 0, None, 0),
    ("sqrt(x^2 (x - 1))", 0, "edge", 0, None, None),
    ("1/x", 0, "pole", None, None, None),
    ("1/x^2", 0, "pole", None, None, None),
    ("1/x^20", 0, "pole", None, None, None),
    ("1/(x^2 - 2x + 1)", 1, "pole", None, None, None),
    ("1/(3x - 0.3)", 0.1, "pole", None, None, None),
    ("1/ln(3x + 0.7)", 0.1, "pole", None, None, None),
    ("ln(x)", 0, "pole", None, None, None),
    ("ln(x)", -1, "undefined", None, None, None),
    ("ln(x)", 1, None, 0, 1, 1),
    ("|x - pi|", math.nextafter(math.pi, 4), None, None, 1, 1),
    ("tan(x)", math.pi / 2, "pole", None, None, None),
    ("tan(x)", 1.57, None, 1255.7655915006917, 1576948.220797082, 1576948.220797082),
    ("e^(1/x)", 0, "pole", None, None, None),
    ("sin(x)/x", 0, "undefined", None, None, None),
    ("x/x", 0, "undefined", None, None, None),
    ("e^(-1/x^2)", 0, "undefined", None, None, None),
    ("1/ln|x|", 0, "undefined", None, None, None),
    ("x/|x|", 0, "undefined", None, None, None),
    ("sin(1/x)", 0, "undefined", None, None, None),
    ("x sin(1/x)", 0, "undefined", None, None, None),
    ("x^0.5", -4, "undefined", None, None, None),
    ("x^-2", 0, "pole", None, None, None),
    ("1/(1 + e^(-100x))", 0, None, 0.5, 25, 25),
    ("1/(1 + e^(-100x))", 1.5, None, 1, 100 * math.exp(-150), 100 * math.exp(-150)),
    ("1/(1 + e^(-100x))", -1e6, None, 0, 0, 0),
    ("e^e^e^x", 1, None, math.e**math.e**math.e, None, None),
    ("e^e^e^x", 3, "undefined", None, None, None),
    ("e^e^e^e^x", 3, "undefined", None, None, None),
    ("x^20", 1e9, None, 1e180, 2e172, 2e172),
    ("ln(1 + e^x)", 700, None, 700, 1, 1),
    ("ln(e^x)", 400, None, 400, 1, 1),
    ("log10(e^x)", 700, None, 700 / math.log(10), 1 / math.log(10), 1 / math.log(10)),
    ("ln(x) - ln(2x/2)", 3, None, 0, 0, 0),
    ("|ln(x)|", 1, "kink", 0, -1, 1),
    ("softplus(x)", -300, None, math.exp(-300), math.exp(-300), math.exp(-300)),
    ("tanh(1e9 x)", 0, None, 0, 1e9, 1e9),
    ("7", 0, None, 7, 0, 0),
]


@pytest.mark.parametrize(("text", "at", "obstacle", "value", "left", "right"), CASES)
def test_obstacle(
    text: str, at: float, obstacle: str | None, value: float | None, left: float | None, right: float | None
) -> None:
    found = look(text, at)
    assert found.obstacle == obstacle
    assert found.differentiable == (obstacle is None)
    assert (found.reason is None) == found.differentiable
    if value is not None or not found.differentiable:
        assert found.value == (None if value is None else pytest.approx(value, rel=1e-14, abs=1e-300))
    if left is not None or right is not None or not found.differentiable:
        assert found.left == (None if left is None else pytest.approx(left, rel=1e-14))
        assert found.right == (None if right is None else pytest.approx(right, rel=1e-14))
    if found.differentiable:
        assert found.slope == found.left == found.right
    else:
        assert found.slope is None


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("|x|", 0, "f has a kink at x = 0: the slope is −1 from the left and 1 from the right"),
        ("sign(x)", 0, "from the left f tends to −1, from the right f tends to 1, and f itself is 0 there"),
        ("1/x", 0, "division by 0. The curve has a vertical asymptote there: from the left f falls"),
        ("ln(x)", 0, "on the left f is not defined, from the right f falls without bound"),
        ("ln(u)", -1, "f is not defined at u = −1: the natural logarithm needs a number above 0 and gets −1."),
        ("sqrt(x - 2)", 0.5, "the square root needs a number that is not negative and gets −1.5"),
        ("asin(2x)", 1, "the arcsine needs a number from −1 to 1 and gets 2"),
        ("x^0.5", -4, "powers with whole exponents only, and this is −4 to the power 0.5"),
        ("x^(1/3)", -8, "this is −8 to the power 0.333333; cbrt takes cube roots of negative numbers too."),
        ("x^-2", 0, "0 to a negative power is a division by 0"),
        ("tan(x)", math.pi / 2, "the tangent divides by the cosine, which is 0 there"),
        ("sin(x)/x", 0, "Both sides tend to 1: the curve has a hole there."),
        ("x^3 sin(1/x^2)", 0, "Both sides tend to 0: the curve"),
        ("x e^(-1/x^2)", 0, "Both sides tend to 0: the curve"),
        ("1/ln|x|", 0, "the natural logarithm needs a number above 0 and gets 0. Both sides tend to 0"),
        ("x/|x|", 0, "On its sides, from the left f tends to −1, from the right f tends to 1."),
        ("sin(1/x)", 0, "from the left f does not settle"),
        ("sqrt(x)", 0, "the tangent is vertical. On the left f is not defined."),
        ("max(x, cbrt(x))", 0, "the tangent is vertical. From the left the slope is 1."),
        ("cbrt(x)", 0, "The tangent at x = 0 is vertical"),
        ("|x|^0.5", 0, "f has a cusp at x = 0"),
        ("x^1.5", 0, "The domain of f ends at x = 0: on the left f is not defined"),
        ("sqrt(x^2 (x - 1))", 0, "alone and on neither side"),
        ("e^e^e^x", 3, "f cannot be computed at x = 3: a number on the way is too large"),
        ("e^e^x - e^(2e^x)", 9, "a number on the way is too large"),
    ],
)
def test_reason(text: str, at: float, words: str) -> None:
    reason = look(text, at).reason
    assert reason is not None
    assert words in reason
    assert reason.endswith(".")


def test_numbers_are_the_decimals_that_they_show() -> None:
    with mp.workdps(DIGITS):
        assert exact(0.1) == mpf(1) / 10
        assert exact(1e-300) == mpf(10) ** -300
        assert exact(-2.5) == mpf("-2.5")


@pytest.mark.parametrize(
    ("terms", "kind", "value"),
    [
        ([1, 1, 1, 1], "finite", 1),
        ([1.1, 1.01, 1.001, 1.0001], "finite", 1),
        ([1e-5, 1e-10, 1e-15, 1e-20], "finite", 0),
        ([10, 100, 1000, 10000], "infinite", math.inf),
        ([-20, -30, -45, -68], "infinite", -math.inf),
        ([1, -1, 1, -1], "none", None),
        ([1, -2, 4, -8], "none", None),
        ([math.inf, math.inf, math.inf, math.inf], "infinite", math.inf),
        ([1, 2, 3, math.nan], "none", None),
    ],
)
def test_limit_of_terms(terms: list[float], kind: str, value: float | None) -> None:
    found = limit_of([mpf(term) for term in terms], [mp.zero] * len(terms))
    assert found.kind == kind
    assert value is None or float(found.value) == pytest.approx(value)


def test_slopes_that_never_settle() -> None:
    with mp.workdps(DIGITS):
        found = study(lambda x: mp.zero if x == 0 else x * mp.sin(1 / x), mp.zero)
        assert (found.obstacle, found.left.slope.kind) == ("kink", "none")
        words = reason_of(Variable("x"), {"x": mp.zero}, "x", found)
        assert words == "The slopes of the secants at x = 0 do not settle, so they have no limit."


def test_a_pole_where_the_function_has_a_value() -> None:
    with mp.workdps(DIGITS):
        assert study(lambda x: mp.zero if x == 0 else 1 / x, mp.zero).obstacle == "pole"


def test_a_slope_beyond_float64() -> None:
    found = look("1/x", 1e-300)
    assert (found.value, found.obstacle, found.slope, found.left) == (1e300, "vertical", None, None)
    assert found.reason == "At x = 10⁻³⁰⁰ the slope of f is too large to be written down."


def test_swings_too_fast_for_the_quotients() -> None:
    found = look("sin(x^-4)", 1e-10)
    with mp.workdps(400):
        x = mpf(10) ** -10
        expected = -4 * mp.cos(x**-4) * x**-5
    assert found.differentiable
    assert found.slope == pytest.approx(float(expected), rel=1e-14)


def test_angles_of_which_no_digit_is_known() -> None:
    assert look("sin(x^-16)", 1e-10).obstacle == "undefined"


def test_a_zero_is_found_only_where_it_is_simple_and_near() -> None:
    with mp.workdps(DIGITS):
        found = zero_near(along(parse("x^2 - 2").node, {}, "x"), mpf("1.41"), mpf("0.1"))
        assert abs(found - mp.sqrt(2)) < mpf(10) ** (20 - DIGITS)
        assert zero_near(lambda x: x * x - 2, mpf("1.41"), mpf("0.001")) is None
        assert zero_near(lambda x: (x - 1) ** 2, mpf("0.9"), mpf("0.2")) is None
        assert zero_near(lambda x: mp.one, mpf("0.9"), mpf("0.2")) is None
        assert zero_near(lambda x: None, mpf("0.9"), mpf("0.2")) is None


def test_slopes_too_large_for_float64_are_no_numbers() -> None:
    assert limit_of([mpf(10) ** 400] * 4, [mp.zero] * 4).number is None
