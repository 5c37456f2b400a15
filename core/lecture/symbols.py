"""What each color of the pages means: one symbol, one color, in formulas, matrices, plots and text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Symbol:
    """A color and what has it.

    Attributes
    ----------
    key : str
        The name of the color in the pages' styles.
    letters : str
        As they stand in formulas.
    meaning : str
        What they are.
    color : str
        What the color is called: true of its dark shade on paper and of its light one in the dark.
    """

    key: str
    letters: str
    meaning: str
    color: str


SYMBOLS = (
    Symbol("x", "x", "an input: where one is", "sky blue"),
    Symbol("W", "W, f′", "weights, and the slope of a curve", "blue"),
    Symbol("b", "b", "biases", "violet"),
    Symbol("z", "z", "sums before the activation", "grey"),
    Symbol("h", "f, h, ŷ", "what a function, a layer, a network answers", "sea green"),
    Symbol("y", "y", "targets, and a second input", "leaf green"),
    Symbol("L", "L", "the loss", "red-orange"),
    Symbol("grad", "∇, Δ", "gradients, steps and nudges", "amber"),
    Symbol("delta", "δ", "the error on its way back", "magenta"),
)
