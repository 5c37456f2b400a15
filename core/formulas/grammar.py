"""The grammar of formulas, by recursive descent: sum → product → signed power → power → atom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from core.formulas import mistakes as mistakes
from core.formulas.bounds import DEEPEST
from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Constant, Node, Number, Variable
from core.formulas.reader import Reader, Sign

_SIGNS = {"+": "add", "-": "subtract"}
_POINTS = {"*": "multiply", "/": "divide"}
_ROOTS = {"√": "sqrt", "∛": "cbrt"}
_PLAIN = {"number", "constant", "variable"}
_FUNCTIONS_ELSEWHERE = {"f", "g", "h"}


def tree_of(text: str) -> Node:
    """Read a formula.

    A sign binds less than a power and as much as a sum: −x² is −(x²). Factors side by side bind as with a point
    between them: 1/2x is (1/2)·x. A function without parentheses takes the numbers and variables behind it, and
    ends before the next function and the next sign: sin 2x cos x is sin(2x)·cos(x).

    Parameters
    ----------
    text : str

    Returns
    -------
    Node

    Raises
    ------
    Mistake
        Where the text cannot be read.
    """
    return _Parser(Reader(text)).formula()


class _Parser:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.parentheses: list[Sign] = []  # those that are open
        self.bars = 0  # those that are open inside the innermost parentheses
        self.nesting = 0

    def formula(self) -> Node:
        node = self.sum()
        if self.reader.now.kind != "end":
            raise mistakes.left_over(self.reader)
        return node

    @contextmanager
    def inside(self) -> Iterator[None]:
        self.nesting += 1
        # one level of the tree takes up to two here: an exponent and its parentheses
        if self.nesting > 2 * DEEPEST:
            raise mistakes.too_deep(self.reader, DEEPEST)
        yield
        self.nesting -= 1

    def call(self, op: str, start: int, *args: Node) -> Call:
        return Call(op, args, (start, self.reader.end))

    # -- sums and products ----------------------------------------------------------------------------------------

    def sum(self) -> Node:
        start = self.reader.now.span[0]
        node = self.signed(self.product)
        while self.reader.now.is_symbol(*_SIGNS):
            op = _SIGNS[self.reader.take().value]
            node = self.call(op, start, node, self.signed(self.product))
        return node

    def signed(self, below: Callable[[], Node]) -> Node:
        while self.reader.now.is_symbol("+"):
            self.reader.take()
        if not self.reader.now.is_symbol("-"):
            return below()
        start = self.reader.take().span[0]
        with self.inside():
            return self.call("negate", start, self.signed(below))

    def product(self) -> Node:
        start = self.reader.now.span[0]
        node = self.power()
        while True:
            if self.reader.now.is_symbol(*_POINTS):
                op = _POINTS[self.reader.take().value]
                node = self.call(op, start, node, self.signed(self.power))
            elif self.begins_factor():
                node = self.call("multiply", start, node, self.factor())
            else:
                return node

    def begins_factor(self) -> bool:
        now = self.reader.now
        if now.is_symbol("|"):
            return not self.bars
        return now.kind in _PLAIN or now.kind == "function" or now.is_symbol("(", *_ROOTS)

    def factor(self) -> Node:
        """Read what stands behind a factor without a sign between them."""
        if mistake := mistakes.two_numbers(self.reader):
            raise mistake
        return self.power()

    def power(self) -> Node:
        start = self.reader.now.span[0]
        node = self.atom()
        while self.reader.now.kind == "superscript":
            node = self.raised(start, node, self.superscript())
        if self.reader.now.is_symbol("^"):
            self.reader.take()
            with self.inside():
                node = self.raised(start, node, self.signed(self.power))
        return node

    def superscript(self) -> Node:
        sign = self.reader.take()
        size = Number(Fraction(sign.value.lstrip("+-")), sign.span)
        return Call("negate", (size,), sign.span) if sign.value[0] == "-" else size

    def raised(self, start: int, base: Node, exponent: Node) -> Node:
        if isinstance(base, Constant) and base.name == "e":
            return self.call("exp", start, exponent)
        return self.call("power", start, base, exponent)

    # -- atoms ----------------------------------------------------------------------------------------------------

    def atom(self) -> Node:
        now = self.reader.now
        if now.is_symbol("(", "|", *_ROOTS) or now.kind == "function":
            with self.inside():
                return self.compound(self.reader.take())
        if now.kind not in _PLAIN:
            raise mistakes.missing(self.reader, self.parentheses[-1] if self.parentheses else None)
        sign = self.reader.take()
        if sign.kind == "number":
            return Number(Fraction(sign.value), sign.span)
        if sign.kind == "constant":
            return Constant(sign.value, sign.span)
        if sign.value in _FUNCTIONS_ELSEWHERE and self.reader.now.is_symbol("("):
            raise mistakes.not_defined(self.reader, sign)
        return Variable(sign.value, sign.span)

    def compound(self, sign: Sign) -> Node:
        if sign.kind == "function":
            return self.application(sign)
        if sign.value == "|":
            return self.between_bars(sign)
        if sign.value == "(":
            return self.parenthesized(sign)[0]
        return self.call(_ROOTS[sign.value], sign.span[0], self.atom())

    def between_bars(self, opening: Sign) -> Node:
        if self.reader.now.is_symbol("|") and self.reader.after.kind == "end":
            raise mistakes.empty(self.reader, opening)
        self.bars += 1
        node = self.sum()
        self.bars -= 1
        if not self.reader.now.is_symbol("|"):
            raise mistakes.unclosed(self.reader, opening)
        self.reader.take()
        return self.call("abs", opening.span[0], node)

    def parenthesized(self, opening: Sign, most: int = 1) -> list[Node]:
        """Read up to so many sums with commas between them, and the closing parenthesis."""
        if self.reader.now.is_symbol(")"):
            raise mistakes.empty(self.reader, opening)
        bars, self.bars = self.bars, 0
        self.parentheses.append(opening)
        nodes = [self.sum()]
        while self.reader.now.is_symbol(",") and len(nodes) < most:
            self.reader.take()
            nodes.append(self.sum())
        if self.reader.now.is_symbol(","):
            raise mistakes.comma(self.reader)
        if not self.reader.now.is_symbol(")"):
            raise mistakes.unclosed(self.reader, opening)
        self.reader.take()
        self.parentheses.pop()
        self.bars = bars
        return nodes

    # -- functions ------------------------------------------------------------------------------------------------

    def application(self, name: Sign) -> Node:
        start, arity = name.span[0], FUNCTIONS[name.value].arity
        exponent = self.exponent_of_name(name)
        if self.reader.now.is_symbol("("):
            args = self.parenthesized(self.reader.take(), most=1 if arity == 1 else DEEPEST)
        elif arity == 1 and (self.begins_factor() or self.reader.now.is_symbol("-", "|")):
            args = [self.bare_argument()]
        else:
            raise mistakes.no_argument(self.reader, name)
        if len(args) < arity:
            raise mistakes.one_argument(self.reader, name)
        node = self.call(name.value, start, *args[:arity])
        for arg in args[arity:]:  # max(x, y, z) is max(max(x, y), z)
            node = self.call(name.value, start, node, arg)
        return node if exponent is None else self.call("power", start, node, exponent)

    def exponent_of_name(self, name: Sign) -> Node | None:
        """Read the 2 in sin² x, which belongs to the value."""
        if self.reader.now.kind == "superscript":
            exponent = self.superscript()
            if isinstance(exponent, Call):
                raise mistakes.exponent_of_name(self.reader, name)
            return exponent
        if not self.reader.now.is_symbol("^"):
            return None
        self.reader.take()
        negative = self.reader.now.is_symbol("-")
        if negative:
            self.reader.take()
        sign = self.reader.take() if self.reader.now.kind == "number" else None
        if negative or sign is None:
            raise mistakes.exponent_of_name(self.reader, name)
        return Number(Fraction(sign.value), sign.span)

    def bare_argument(self) -> Node:
        start = self.reader.now.span[0]
        if self.reader.now.is_symbol("-"):
            self.reader.take()
            with self.inside():
                return self.call("negate", start, self.bare_argument())
        numbers = True  # whether only numbers came so far: sin 2(x + 1) is sin(2(x + 1))
        goes_on = True
        node: Node | None = None
        while node is None or (goes_on and self.goes_on(numbers)):
            goes_on = self.reader.now.kind in _PLAIN
            numbers = numbers and self.reader.now.kind in {"number", "constant"}
            factor = self.factor() if node else self.power()
            node = self.call("multiply", start, node, factor) if node else factor
        return node

    def goes_on(self, numbers: bool) -> bool:
        return self.reader.now.kind in _PLAIN or (numbers and self.reader.now.is_symbol("("))
