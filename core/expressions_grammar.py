"""The grammar of formulas, by recursive descent: sum → product → signed power → power → atom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from core.expressions_functions import FUNCTIONS
from core.expressions_limits import DEEPEST
from core.expressions_names import names_of
from core.expressions_nodes import Call, Constant, Node, Number, Variable
from core.expressions_tokens import Mistake, Token, tokens_of

_SIGNS = {"+": "add", "-": "subtract"}
_POINTS = {"*": "multiply", "/": "divide"}
_ROOTS = {"√": "sqrt", "∛": "cbrt"}
_NOT_DEFINED = {"f", "g", "h"}  # letters that stand for functions elsewhere


@dataclass(frozen=True)
class _Sign:
    """One sign as the grammar sees it: a token of which words have become names."""

    kind: str
    value: str
    start: int
    end: int

    def is_symbol(self, *symbols: str) -> bool:
        return self.kind == "symbol" and self.value in symbols


class Parser:
    """Reads one text.

    Parameters
    ----------
    text : str
        As it was typed.

    Raises
    ------
    Mistake
        Where the text cannot be read.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        tokens = tokens_of(text)
        self._signs = _signs_of(tokens[_prefix(tokens) :], text)
        self._at = 0
        self._bars = 0  # bars that are open inside the innermost parentheses
        self._nesting = 0

    def formula(self) -> Node:
        """Read the whole text.

        Returns
        -------
        Node
        """
        if self._now.kind == "end":
            raise Mistake("Type a formula, as in x^2.", 0, len(self._text))
        node = self._sum()
        if self._now.kind != "end":
            raise self._left_over()
        return node

    # -- signs ------------------------------------------------------------------------------------------------------

    @property
    def _now(self) -> _Sign:
        return self._signs[self._at]

    @property
    def _before(self) -> _Sign:
        return self._signs[self._at - 1]

    def _take(self) -> _Sign:
        self._at += 1
        return self._before

    def _replaced(self, start: int, end: int, new: str) -> str:
        return self._text[:start] + new + self._text[end:]

    @contextmanager
    def _inside(self) -> Iterator[None]:
        self._nesting += 1
        # a level of the tree takes at most two here: an exponent and its parentheses
        if self._nesting > 2 * DEEPEST:
            raise Mistake(f"A formula is nested at most {DEEPEST} deep.", self._before.start, self._before.end)
        yield
        self._nesting -= 1

    def _call(self, op: str, *args: Node) -> Call:
        return Call(op, args, (args[0].span[0], self._before.end))

    # -- sums and products ------------------------------------------------------------------------------------------

    def _sum(self) -> Node:
        node = self._signed(self._product)
        while self._now.is_symbol(*_SIGNS):
            op = _SIGNS[self._take().value]
            node = self._call(op, node, self._signed(self._product))
        return node

    def _signed(self, below: Callable[[], Node]) -> Node:
        while self._now.is_symbol("+"):
            self._take()
        if not self._now.is_symbol("-"):
            return below()
        start = self._take().start
        with self._inside():
            node = self._signed(below)
        return Call("negate", (node,), (start, self._before.end))

    def _product(self) -> Node:
        node = self._power()
        while True:
            if self._now.is_symbol(*_POINTS):
                op = _POINTS[self._take().value]
                node = self._call(op, node, self._signed(self._power))
            elif self._begins_operand():
                self._refuse_two_numbers()
                node = self._call("multiply", node, self._power())
            else:
                return node

    def _begins_operand(self) -> bool:
        if self._now.is_symbol("|"):
            return not self._bars
        return self._now.kind in {"number", "constant", "variable", "function"} or self._now.is_symbol("(", *_ROOTS)

    def _refuse_two_numbers(self) -> None:
        first, second = self._before, self._now
        if first.kind == second.kind == "number":
            thousands = len(second.value) == 3 and second.value.isdigit() and first.value.isdigit()
            instead = self._replaced(first.end, second.start, "" if thousands else "*")
            message = "Between two numbers stands an operator; a number has one point and no spaces."
            raise Mistake(message, first.start, second.end, instead)

    def _power(self) -> Node:
        node = self._atom()
        while self._now.kind == "superscript":
            node = self._raised(node, self._superscript())
        if self._now.is_symbol("^"):
            self._take()
            with self._inside():
                exponent = self._signed(self._power)
            node = self._raised(node, exponent)
        return node

    def _superscript(self) -> Node:
        sign = self._take()
        size = Number(Fraction(sign.value.lstrip("+-")), (sign.start, sign.end))
        return Call("negate", (size,), size.span) if sign.value.startswith("-") else size

    def _raised(self, base: Node, exponent: Node) -> Node:
        if isinstance(base, Constant) and base.name == "e":
            return Call("exp", (exponent,), (base.span[0], self._before.end))
        return self._call("power", base, exponent)

    # -- atoms ------------------------------------------------------------------------------------------------------

    def _atom(self) -> Node:
        if self._now.is_symbol("(", "|", *_ROOTS) or self._now.kind == "function":
            return self._compound()
        if self._now.kind not in {"number", "constant", "variable"}:
            raise self._missing()
        sign = self._take()
        span = (sign.start, sign.end)
        if sign.kind == "number":
            return Number(Fraction(sign.value), span)
        if sign.kind == "constant":
            return Constant(sign.value, span)
        if sign.value in _NOT_DEFINED and self._now.is_symbol("(") and self._now.start == sign.end:
            message = (
                f"{sign.value} is not defined here. Type what it stands for; a product is written {sign.value}*(…)."
            )
            raise Mistake(message, *span, self._replaced(*span, sign.value + "*"))
        return Variable(sign.value, span)

    def _compound(self) -> Node:
        sign = self._take()
        with self._inside():
            if sign.kind == "function":
                return self._application(sign)
            if sign.value == "|":
                node: Node = Call("abs", (self._between_bars(sign),), (sign.start, self._before.end))
            elif sign.value == "(":
                node = self._parenthesized(sign)[0]
            else:
                node = Call(_ROOTS[sign.value], (self._atom(),), (sign.start, self._before.end))
        return node

    def _between_bars(self, opening: _Sign) -> Node:
        if self._now.is_symbol("|") and self._now.start == opening.end and not self._bars:
            self._refuse_empty_bars(opening)
        self._bars += 1
        node = self._sum()
        self._bars -= 1
        if not self._now.is_symbol("|"):
            raise self._unclosed(opening, "|")
        self._take()
        return node

    def _refuse_empty_bars(self, opening: _Sign) -> None:
        following = self._signs[self._at + 1]
        if following.kind == "end":
            message = "Between the bars stands what the absolute value is of, as in |x|."
            raise Mistake(message, opening.start, self._now.end, self._replaced(opening.end, opening.end, "x"))

    def _parenthesized(self, opening: _Sign, most: int = 1) -> list[Node]:
        """Read what stands between parentheses, up to `most` sums with commas between them."""
        bars, self._bars = self._bars, 0
        if self._now.is_symbol(")"):
            inside = self._replaced(opening.end, opening.end, "x")
            raise Mistake("Between the parentheses something is missing.", opening.start, self._now.end, inside)
        nodes = [self._sum()]
        while self._now.is_symbol(",") and len(nodes) < most:
            self._take()
            nodes.append(self._sum())
        if self._now.is_symbol(","):
            raise self._comma()
        if not self._now.is_symbol(")"):
            raise self._unclosed(opening, ")")
        self._take()
        self._bars = bars
        return nodes

    # -- functions --------------------------------------------------------------------------------------------------

    def _application(self, name: _Sign) -> Node:
        exponent = self._exponent_of_name(name)
        if self._now.is_symbol("("):
            arity = FUNCTIONS[name.value].arity
            args = self._parenthesized(self._take(), most=1 if arity == 1 else DEEPEST)
            self._refuse_one_argument(name, args)
        else:
            self._refuse_no_argument(name)
            args = [self._bare_argument()]
        span = (name.start, self._before.end)
        node = Call(name.value, tuple(args[:2]), span)
        for arg in args[2:]:  # max(x, y, z) is max(max(x, y), z)
            node = Call(name.value, (node, arg), span)
        return node if exponent is None else Call("power", (node, exponent), node.span)

    def _exponent_of_name(self, name: _Sign) -> Node | None:
        """Read the exponent in sin² x, which belongs to the value."""
        exponent: Node | None = None
        if self._now.kind == "superscript":
            exponent = self._superscript()
        elif self._now.is_symbol("^"):
            self._take()
            if self._now.kind == "number":
                sign = self._take()
                return Number(Fraction(sign.value), (sign.start, sign.end))
            if self._now.is_symbol("-") and self._signs[self._at + 1].kind == "number":
                self._take()
                self._take()
            exponent = Call("negate", (Number(Fraction(1)),))
        if isinstance(exponent, Call):
            inverse = FUNCTIONS[name.value].inverse
            ways = [inverse] if inverse else [f"1/{name.value}", name.value]
            message = f"The exponent behind {name.value} is a number, as in {name.value}^2 x; else use parentheses."
            if inverse:
                message = f"The inverse of {name.value} is written {inverse}, and 1/{name.value}(x) as it stands here."
            start, end = name.start, self._before.end
            raise Mistake(message, start, end, *(self._replaced(start, end, f"{way} ") for way in ways))
        return exponent

    def _bare_argument(self) -> Node:
        """Read what belongs to a function without parentheses: sin 2x is sin(2x), sin x cos x is sin(x) cos(x)."""
        if self._now.is_symbol("-"):
            start = self._take().start
            node = self._bare_argument()
            return Call("negate", (node,), (start, self._before.end))
        plain = {"number", "constant", "variable"}
        only_numbers = self._now.kind in {"number", "constant"}
        goes_on = self._now.kind in plain
        node = self._power()
        while goes_on and (self._now.kind in plain or (only_numbers and self._now.is_symbol("("))):
            self._refuse_two_numbers()
            goes_on = self._now.kind in plain
            only_numbers = only_numbers and self._now.kind in {"number", "constant"}
            node = self._call("multiply", node, self._power())
        return node

    def _refuse_no_argument(self, name: _Sign) -> None:
        if FUNCTIONS[name.value].arity > 1:
            instead = f"{name.value}(x, 0)"
            message = f"{name.value} takes two arguments in parentheses, as in {instead}."
            raise Mistake(message, name.start, name.end, self._replaced(name.start, name.end, instead))
        if not self._begins_operand() and not self._now.is_symbol("-", "|"):
            end = self._before.end
            message = f"The argument of {name.value} is missing, as in {name.value}(x)."
            raise Mistake(message, name.start, end, self._replaced(end, end, "(x)"))

    def _refuse_one_argument(self, name: _Sign, args: list[Node]) -> None:
        if len(args) < FUNCTIONS[name.value].arity:
            message = f"{name.value} takes two arguments, as in {name.value}(x, 0)."
            end = self._before.end
            raise Mistake(message, name.start, end, self._replaced(end - 1, end - 1, ", 0"))

    # -- what is wrong ----------------------------------------------------------------------------------------------

    def _missing(self) -> Mistake:
        """Say what is missing in front of the sign where an operand should stand."""
        sign, before = self._now, self._before if self._at else None
        if (
            before
            and before.is_symbol("^", *_SIGNS, *_POINTS, *_ROOTS)
            and (sign.kind == "end" or sign.is_symbol(")", "|"))
        ):
            number = "2" if before.is_symbol("^") else "x"
            message = f"After {before.value} something is missing, as in {before.value}{number}."
            ways = [self._replaced(before.end, before.end, number), self._replaced(before.start, before.end, "")]
            return Mistake(message, before.start, before.end, *ways)
        if sign.kind == "end":
            start, end = (before.start, before.end) if before else (0, 0)
            return Mistake("Here the formula breaks off.", start, end, self._text + "x", self._replaced(start, end, ""))
        shown = self._text[sign.start : sign.end]
        message = f"In front of {shown} a number, a variable or a function is missing."
        return Mistake(message, sign.start, sign.end, self._replaced(sign.start, sign.end, ""))

    def _unclosed(self, opening: _Sign, closing: str) -> Mistake:
        if self._now.is_symbol(")", ",", "=") and closing == "|":
            return Mistake(
                "This bar is not closed.",
                opening.start,
                opening.end,
                self._replaced(self._now.start, self._now.start, "|"),
            )
        what = "bar" if closing == "|" else "parenthesis"
        message = f"This {what} is not closed."
        return Mistake(message, opening.start, opening.end, self._replaced(self._now.start, self._now.start, closing))

    def _comma(self) -> Mistake:
        sign = self._now
        following = self._signs[self._at + 1]
        if self._before.kind == following.kind == "number":
            message = "Decimals are written with a point, as in 1.5."
            return Mistake(message, sign.start, sign.end, self._replaced(self._before.end, following.start, "."))
        message = "A comma stands only between the two arguments of max and min."
        return Mistake(message, sign.start, sign.end, self._replaced(sign.start, sign.end, " "))

    def _left_over(self) -> Mistake:
        sign = self._now
        if sign.is_symbol(","):
            return self._comma()
        if sign.is_symbol("="):
            left, right = self._text[: sign.start].rstrip(), self._text[sign.end :].lstrip("= ")
            simple = right.isalnum()
            message = "A formula has no equals sign, but for a name in front of it, as in y = x^2."
            return Mistake(
                message, sign.start, sign.end, f"{left} - {right}" if simple else f"{left} - ({right})", left
            )
        without = self._replaced(sign.start, sign.end, "")
        if sign.is_symbol(")"):
            last = self._signs[self._at + 1].kind == "end"
            ways = [without, "(" + self._text] if last else ["(" + self._text, without]
            return Mistake("This parenthesis was never opened.", sign.start, sign.end, *ways)
        return Mistake("This sign is one too many.", sign.start, sign.end, without)


def _signs_of(tokens: list[Token], text: str) -> list[_Sign]:
    signs: list[_Sign] = []
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        if token.kind == "word":
            opens = following.text == "("
            signs += [_Sign(*vars(name).values()) for name in names_of(token, text, opens)]
        else:
            signs.append(_Sign(token.kind, token.text, token.start, token.end))
    return signs


def _prefix(tokens: list[Token]) -> int:
    """How many tokens a name in front of the formula takes, as in ``y =`` or ``f(x, y) =``."""
    if tokens[0].kind != "word" or len(tokens[0].letters) > 1:
        return 0
    name = tokens[0].text
    at = 1
    if tokens[at].text == "(":
        while tokens[at].kind == "word" or tokens[at].text in {"(", ","}:
            at += 1
        at += tokens[at].text == ")"
    elif name[0] == "x" or any(token.text == name for token in tokens[1:]):
        return 0  # an equation, not a name
    return at + 1 if tokens[at].text == "=" else 0
