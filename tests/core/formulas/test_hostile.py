"""Hostile and huge input: read or refused at once, in little memory."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calculus.symbolic import derivative
from core.errors import FormulaError, InvalidInput
from core.formulas.bounds import DEEPEST, MOST_NODES
from core.formulas.expressions import parse
from core.formulas.printing import latex_of
from core.formulas.programs import breaks_of, evaluate, program_of
from core.formulas.tokens import LONGEST_TEXT

# what takes steps without end is stopped, and fails; what is quick takes milliseconds
pytestmark = pytest.mark.timeout(30)
BYTES = 1_000_000

REFUSED = {
    "empty": "",
    "spaces": " " * 150,
    "null": "\0",
    "nulls": "x\0+\0x",
    "delete": "x\x7f",
    "escape": "\x1b[31mx",
    "right-to-left mark": "x\u200f + 1",
    "right-to-left override": "\u202ex + 1",
    "zero-width space": "x\u200b",
    "byte-order mark": "\ufeffx",
    "lone surrogate": "x\ud800",
    "emoji": "🙂🙃" * 40,
    "flags": "🇺🇳" * 20,
    "combining marks": "x" + "\u0301" * 150,
    "hats": "y" + "\u0302" * 150,
    "Cyrillic": "ехр(х)",
    "Greek": "αβγδ",
    "Chinese": "函数",
    "10 kB": "x" * 10_000,
    "1 MB": "x" * 1_000_000,
    "1 MB of spaces": " " * 1_000_000,
    "1 MB of parentheses": "(" * 1_000_000,
    "1 MB of emoji": "🙂" * 1_000_000,
    "parentheses": "(" * LONGEST_TEXT,
    "closed parentheses": "(" * 99 + "x" + ")" * 99,
    "closing parentheses": ")" * LONGEST_TEXT,
    "brackets": "[" * 100 + "]" * 100,
    "bars": "|" * LONGEST_TEXT,
    "bars around x": "|" * 60 + "x" + "|" * 60,
    "nested functions": "sin(" * 40 + "x" + ")" * 40,
    "functions": "sin " * 49,
    "roots": "√" * 199 + "x",
    "minus signs": "-" * 199 + "x",
    "a thousand minus signs": "-" * 1000 + "x",
    "minus signs and blanks": "- " * 99 + "x",
    "powers": "x" + "^x" * 99,
    "a tower of nines": "9^9^9^9^9",
    "9^9^9": "9^9^9",
    "9^9^9^9 with stars": "9**9**9**9",
    "superscripts": "9⁹⁹⁹⁹⁹⁹⁹",
    "superscripts of superscripts": "9⁹ ⁹ ⁹ ⁹",
    "nested powers": "((((x^20)^20)^20)^20)^20",
    "powers of sums": "((((x+1)^20+1)^20+1)^20+1)^20",
    "squares of squares": "x" + "²" * 1 + " ²" * 40,
    "large product": "(999999999x)^20 " * 12,
    "exponent": "x^101",
    "negative exponent": "x^-1000000",
    "exponent with parentheses": "x^(10^10)",
    "1e999": "1e999",
    "1e-999": "1e-999x",
    "1e999999999": "1e999999999",
    "1e with 150 digits": "1e" + "9" * 150,
    "1e10": "1e10",
    "150 digits": "9" * 150,
    "150 decimals": "0." + "0" * 150 + "1x",
    "1e-39": "1e-39 x",
    "10^15*10": "10^15*10",
    "factorials": "100!!!!!!!!!!!",
    "sum of ones": "+".join("1" * 100),
    "product of xs": "x" * 3 + "*x" * 90,
    "a call": "__import__('os').system('true')",
    "a lambda": "(lambda: x)()",
    "a statement": "import os",
    "an attribute": "x.__class__.__mro__",
    "a dunder": "__builtins__",
    "a format": "{x!r:>1000000000}",
    "percent format": "%s%n" * 40,
    "a list": "[x for x in (1,)]",
    "an assignment": "x := 3",
    "markup": "<script>alert(1)</script>",
    "sql": "x'; DROP TABLE runs; --",
    "a path": "../../../etc/passwd",
    "LaTeX": r"\def\x{\x\x}\x",
    "TeX comment": "x % y",
    "1/0": "1/0",
    "0/0": "0/0",
    "ln 0": "ln(0)",
    "sqrt -1": "sqrt(-1)",
    "0^-1": "0^(-1)",
    "exp of exp": "exp(exp(exp(9)))",
    "commas": "max(" + "," * 100 + ")",
    "equals signs": "=" * 100,
    "points": "." * 100,
    "operators": "+*/^" * 40,
    "long word": "supercalifragilisticexpialidocious" * 5,
    "word of functions": "sincostanlnexp" * 10 + "q",
    "word of pi": "pi" * 90 + "q",
    "underscores": "_" * 100,
    "indices": "x_" * 60,
    "long index": "x" + "1" * 150,
}

READ = {
    "fullwidth": "２＊ｘ＾２",
    "mathematical letters": "𝑥² + 𝐲",
    "non-breaking spaces": "2\u00a0x\u2009+ 1",
    "tabs and lines": "x\n+\t1",
    "folded operators": "x × 2 ÷ 3 − 1 · y",
    "deep enough": "(" * 20 + "x" + ")" * 20,
    "sum of xs": "+".join("x" * (MOST_NODES // 2)),
    "many factors": "x y z" * 12,
    "nested sines": "sin " * (DEEPEST - 1) + "x",
    "nested powers of two": "((((x^2)^2)^2)^2)^2",
    "tower": "x^x^x^x^x^x^x",
    "max of many": "max(" + ",".join("x" * 20) + ")",
    "largest number": "1e9 x",
    "smallest number": "1e-38 x",
    "forty digits": "0." + "1" * 38 + "x",
    "constants": "10^15 x",
    "plus signs": "+" * 190 + "x",
    "word of functions": "lnsinx1".replace("x1", " x1"),
}


def read(text):
    try:
        return parse(text)
    except FormulaError as error:
        return error


def measured(text):
    """What reading the text gives, in little memory."""
    tracemalloc.start()
    outcome = read(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < BYTES
    return outcome


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_input_is_refused_at_once(name):
    text = REFUSED[name]
    error = measured(text)
    assert isinstance(error, FormulaError)
    assert 0 <= error.position <= error.position + error.length <= len(text)
    assert error.message.endswith(".")
    assert len(error.message) < 400
    error.message.encode()
    parse(error.suggestion)


@pytest.mark.parametrize("name", READ)
def test_unusual_input_is_read_at_once(name):
    expression = measured(READ[name])
    assert parse(expression.text).node == expression.node
    latex_of(expression.node)
    breaks_of(expression.node)
    evaluate(program_of(expression.node, expression.variables), [0.5] * len(expression.variables))


# what people type, in pieces, and any text at all
NAMES = ["pi", "sin", "cos", "ln", "log_", "max", "relu", "f(", "f(x)=", "f'(", "y=", "sen", "xy", "abc", "x1"]
NUMBERS = ["3.5", "1e5", "e9", "10^15", "^20", "⁻¹", "_{1}", "x₂"]
PIECES = [*"xy120.()|^*/+-,=√∛²ŷ_eπσ!{};½хé \u200f", "**", "y\u0302", *NAMES, *NUMBERS]
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    | st.text(max_size=30)
    | st.text(alphabet="xye12()|^*/+-.,=√² sincolgmaxπŷ_", max_size=40)
)


@pytest.mark.timeout(150)  # five hundred texts in one test
@settings(max_examples=500)
@given(TEXTS)
def test_any_text_is_read_or_refused_with_a_suggestion(text):
    outcome = read(text)
    if isinstance(outcome, FormulaError):
        assert 0 <= outcome.position <= outcome.position + outcome.length <= len(text)
        assert outcome.message.endswith(".")
        outcome = parse(outcome.suggestion)
    assert parse(outcome.text).node == outcome.node


# where reducing a fraction, or pulling roots apart, would take for ever
HARD = [
    "(x+y+z+u+v+w+a+b)^20/(x+1)",
    "(x^0.123456789+1)^0.987654321/(x^0.5+2)^0.1",
    "1/((x+1)(x+2)(x+3)(x+4)(x+5)(x+6)(x+7)(x+8)(x+9)(x+10))",
    "x^20(x+1)^20(x+2)^20(x+3)^20/(x+4)^20",
    "(999999999x+1)^20/(999999998x-1)^20",
    "sin sin sin sin sin sin sin sin sin sin sin sin x",
    "|x+|x+|x+|x+|x||||| x",
    "x^x^x^x^x^x^x",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_derivatives_end(text):
    assert latex_of(derivative(parse(text).node, "x"))


def test_there_are_enough_of_them():
    assert len(REFUSED) >= 60


@pytest.mark.parametrize("name", REFUSED)
def test_a_formula_error_is_invalid_input(name):
    with pytest.raises(InvalidInput):
        parse(REFUSED[name])
