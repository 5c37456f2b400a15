"""Random formulas for the tests: trees as the parser builds them, within its limits."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from core.calculus.precise import evaluate_precisely
from core.formulas.bounds import check
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Constant, Number, Variable
from core.formulas.printing import text_of
from core.formulas.programs import OPERATORS
from core.formulas.tokens import LONGEST_TEXT, Mistake

VARIABLES = ("x", "y", "x1", "ŷ")


def readable(node):
    """Whether the parser's limits admit the tree; its text must then be read."""
    try:
        check(node, "")
    except Mistake:
        return False
    return len(text_of(node)) <= LONGEST_TEXT


def _call(op, args):
    # e to a power is read as exp
    return Call("exp", args[1:]) if op == "power" and args[0] == Constant("e") else Call(op, tuple(args))


def trees(variables=VARIABLES, ops=(*OPERATORS, *FUNCTIONS), most=12):
    """A strategy for trees over these variables and operations."""
    numbers = st.builds(
        lambda digits, places: Number(Fraction(digits, 10**places)), st.integers(0, 99), st.integers(0, 3)
    )
    leaves = (
        st.sampled_from([Variable(name) for name in variables])
        | numbers
        | st.sampled_from([Constant("pi"), Constant("e")])
    )

    def extend(children):
        one = [op for op in ops if _arity(op) == 1]
        two = [op for op in ops if _arity(op) == 2]
        return st.builds(_call, st.sampled_from(one), st.tuples(children)) | st.builds(
            _call, st.sampled_from(two), st.tuples(children, children)
        )

    return st.recursive(leaves, extend, max_leaves=most).filter(readable)


def loosened(node, values):
    """The tree with a variable in the place of each number, so that all its breaks are found; and their values."""
    if isinstance(node, Call):
        return replace(node, args=tuple(loosened(arg, values) for arg in node.args))
    if isinstance(node, Variable):
        return node
    name = f"c{len(values)}"
    values[name] = evaluate_precisely(node, {})
    return Variable(name)


def _arity(op):
    return OPERATORS[op][0] if op in OPERATORS else FUNCTIONS[op].arity
