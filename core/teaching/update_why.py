"""Why a new weight or bias is what it is: every update rule in letters, numbers and NumPy (slides 34, 40)."""

from core.teaching.explanation import Explanation
from core.teaching.numbers import Number
from core.teaching.writing import Writing
from core.training.optimizers import OPTIMIZERS

# the right side in LaTeX and in NumPy: w, g (gg: its square), eta, k, and the rule's slots and hyperparameters by name
WRITTEN: dict[str, tuple[str, str]] = {
    "gradient_descent": (r"{w} - {eta} \cdot {g}", "{w} - {eta} * {g}"),
    "momentum": (
        r"{w} - {eta} \, ({momentum} \cdot {velocity} + {g})",
        "{w} - {eta} * ({momentum} * {velocity} + {g})",
    ),
    "nesterov": (
        r"{w} - {eta} \, ({g} + {momentum} \, ({momentum} \cdot {velocity} + {g}))",
        "{w} - {eta} * ({g} + {momentum} * ({momentum} * {velocity} + {g}))",
    ),
    "adagrad": (
        r"{w} - {eta} \frac{{{g}}}{{\sqrt{{{sum_of_squares} + {gg}}} + {eps}}}",
        "{w} - {eta} * {g} / (np.sqrt({sum_of_squares} + {g} ** 2) + {eps})",
    ),
    "rmsprop": (
        r"{w} - {eta} \frac{{{g}}}{{\sqrt{{{alpha} \cdot {mean_of_squares} + (1 - {alpha}) \, {gg}}} + {eps}}}",
        "{w} - {eta} * {g} / (np.sqrt({alpha} * {mean_of_squares} + (1 - {alpha}) * {g} ** 2) + {eps})",
    ),
    "adam": (
        r"{w} - {eta} \frac{{({beta1} \cdot {first_moment} + (1 - {beta1}) \, {g}) / (1 - {beta1}^{{{k}}})}}"
        r"{{\sqrt{{({beta2} \cdot {second_moment} + (1 - {beta2}) \, {gg}) / (1 - {beta2}^{{{k}}})}} + {eps}}}",
        "{w} - {eta} * ({beta1} * {first_moment} + (1 - {beta1}) * {g}) / (1 - {beta1} ** {k})"
        " / (np.sqrt(({beta2} * {second_moment} + (1 - {beta2}) * {g} ** 2) / (1 - {beta2} ** {k})) + {eps})",
    ),
}


def new_parameter(w: Writing, number: Number) -> Explanation:
    """The rule of the update for one weight or bias."""
    letter, at, layer = number.kind.removesuffix("_new"), number.at, number.layer
    rule = OPTIMIZERS[w.u.optimizer.method]
    formula, numpy = WRITTEN[rule.name]
    by_name = {"w": Number(letter, at, layer), "g": Number(f"d{letter}", at, layer), "eta": Number("eta")}
    by_name |= {slot.name: Number(f"slot.{slot.name}.{letter}", at, layer) for slot in rule.slots}
    by_name |= {each.name: Number(f"rule.{each.name}") for each in rule.hyperparameters}
    if "{k}" in numpy:
        by_name["k"] = Number("k")
    letters, digits = w.latex(by_name["g"]), w.factor(by_name["g"])
    return Explanation(
        formula.format_map(
            {name: w.latex(each) for name, each in by_name.items()} | {"gg": rf"\left({letters}\right)^2"}
        ),
        formula.format_map({name: w.factor(each) for name, each in by_name.items()} | {"gg": f"{{{digits}}}^2"}),
        numpy.format_map({name: w.variable(each) for name, each in by_name.items()}),
        34,
        tuple(by_name.values()),
    )
