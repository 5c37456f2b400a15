"""How the numbers of one update are written: their names in text and LaTeX, and their values in formulas."""

from dataclasses import dataclass

from core.teaching import names
from core.teaching.backpropagation import Update
from core.teaching.numbers import Number
from core.training.optimizers import OPTIMIZERS

_LATEX = {"δ": r"\delta", "ŷ": r"\hat{y}", "η": r"\eta", "ΣL": r"\sum L"}
_LETTERS = {"x": "x", "y": "y", "W": "w", "b": "b", "z": "z", "h": "h", "delta": "δ", "eta": "η", "m": "m", "k": "k"}
# numbers of one sample: the first index is the sample's
_OF_SAMPLES = {"x", "y", "z", "h", "delta"}
# ∂(loss)/∂(a number of this kind)
_DERIVATIVES = {"dloss": "h", "dh": "h", "dW": "W", "db": "b", "dW_rows": "W", "db_rows": "b"}
_DERIVATIVES |= {"dW_sums": "W", "db_sums": "b"}


@dataclass(frozen=True)
class Element:
    """A letter with its indices, of a layer, before or after the update."""

    letter: str
    at: tuple[int, ...] = ()
    layer: int | None = None
    new: bool = False

    @property
    def text(self) -> str:
        """As in w⁽¹⁾₂₁."""
        return ("new " if self.new else "") + names.text(self.letter, self.at, self.layer)

    @property
    def symbol(self) -> str:
        """Its letter in LaTeX."""
        return _LATEX.get(self.letter, self.letter)

    @property
    def latex(self) -> str:
        """As in w^{(1)}_{21}."""
        return names.latex(self.symbol, self.at, self.layer, self.new)


@dataclass(frozen=True)
class Writing:
    """An update, and how many significant digits its numbers are shown with."""

    u: Update
    digits: int = 4

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.u.network.layers)

    def value(self, number: Number) -> float:
        """The number itself."""
        return number.value(self.u)

    def rounded(self, number: Number) -> str:
        """Its value in LaTeX."""
        return names.rounded(self.value(number), self.digits)

    def factor(self, number: Number) -> str:
        """Its value in LaTeX, in brackets where a product or a sign before it needs them."""
        return names.factor(self.value(number), self.digits)

    def variable(self, number: Number) -> str:
        """Its NumPy array with its place, as W1[0, 1]."""
        place = ", ".join(map(str, number.at))
        return number.variable(self.u) + (f"[{place}]" if place else "")

    def text(self, number: Number) -> str:
        """Its name in plain text, as ∂L/∂w₂₁."""
        first, *second = self._elements(number)
        if second:
            return f"∂{first.text}/∂{second[0].text}"
        return f"f′({first.text})" if number.kind == "df" else first.text

    def latex(self, number: Number) -> str:
        """Its name in LaTeX."""
        first, *second = self._elements(number)
        if second:
            return rf"\frac{{\partial {first.latex}}}{{\partial {second[0].latex}}}"
        return f"f'({first.latex})" if number.kind == "df" else first.latex

    def latex_of_any_row(self, number: Number) -> str:
        """Its name in LaTeX with the letter i for the row of the batch, which a sum runs over."""
        of_row, *_ = self._elements(number)
        return names.latex(of_row.symbol, ("i", *of_row.at[1:]), of_row.layer, of_row.new)

    def _elements(self, number: Number) -> list[Element]:
        """One element, or the two of a derivative."""
        kind, at, layer = number.kind.removesuffix("_new"), number.at, number.layer
        new = kind != number.kind
        if kind in ("L", "losses"):
            return [self._loss(at, new)]
        if kind == "df":
            return [self.element("z", at, layer)]
        if kind == "J":
            return [self.element("h", at[:2], layer), self.element("z", (at[0], at[2]), layer)]
        if kind == "zW":
            place = divmod(at[2], self.u.network.layers[layer].W.shape[1])
            return [self.element("z", at[:2], layer), self.element("W", place, layer)]
        if kind == "zb":
            return [self.element("z", at[:2], layer), self.element("b", at[2:], layer)]
        if kind in _DERIVATIVES:
            of_sample = kind not in ("dW", "db")
            under = _DERIVATIVES[kind]
            place = at[1:] if kind.endswith(("_rows", "_sums")) else at
            layer = self.depth - 1 if kind == "dloss" else layer
            is_sum = kind.endswith("_sums") and at[0] > 0
            loss = Element("ΣL") if is_sum else self._loss(at[:1] if of_sample else ())
            return [loss, self.element(under, place, layer)]
        if kind.startswith(("slot.", "rule.")):
            return [self._of_rule(kind, at, layer)]
        return [self.element(kind, at, layer, new)]

    def element(self, kind: str, at: tuple[int, ...], layer: int, new: bool = False) -> Element:
        """An element by its kind; a single sample has no index of its own, a single layer no number."""
        if kind in _OF_SAMPLES and self.u.m == 1:
            at = at[1:]
        if kind == "h" and layer == self.depth - 1:
            return Element("ŷ", at, None, new)
        layered = self.depth > 1 and kind in ("W", "b", "z", "h", "delta")
        return Element(_LETTERS[kind], at, layer if layered else None, new)

    def _loss(self, at: tuple[int, ...], new: bool = False) -> Element:
        return Element("L", at if self.u.m > 1 else (), None, new)

    def _of_rule(self, kind: str, at: tuple[int, ...], layer: int) -> Element:
        """What the update rule remembers, or a number of its own, by the letter of its formula."""
        rule, (_, name, *_) = OPTIMIZERS[self.u.optimizer.method], kind.split(".")
        symbols = {slot.name: slot.symbol for slot in rule.slots}
        symbols |= {each.name: each.symbol for each in rule.hyperparameters}
        return Element(symbols[name], at, layer if self.depth > 1 and at else None)
