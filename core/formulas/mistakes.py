"""What is wrong where the grammar cannot go on: in words, and as a text to try instead."""

from core.formulas.functions import FUNCTIONS
from core.formulas.reader import Reader, Sign
from core.formulas.tokens import Mistake


def missing(reader: Reader, opening: Sign | None) -> Mistake:
    """Say what is missing where a number, a variable or a function should stand.

    Parameters
    ----------
    reader : Reader
        Stands in front of what cannot begin an operand.
    opening : Sign or None
        The innermost parenthesis that is open.

    Returns
    -------
    Mistake
    """
    now, before = reader.now, reader.before
    if before is None and now.kind == "end":
        return Mistake("Type a formula, as in x^2.", 0, len(reader.text))
    if before is None or not (now.kind == "end" or now.is_symbol(")", "|")):
        shown = reader.text[slice(*now.span)]
        message = f"In front of {shown} a number, a variable or a function is missing."
        return Mistake(message, *now.span, reader.replaced(*now.span, ""))
    operand = "2" if before.value == "^" else "x"
    end = reader.end
    ways = [reader.replaced(end, end, operand), reader.replaced(*before.span, "")]
    if before.value == "|":
        # one bar too few in front: |x|, or (x| for |(x)|
        closed = [reader.replaced(before.span[0], before.span[0], ")")] if opening else []
        ways = [*closed, "|" + reader.text, *ways[1:]]
    shown = reader.text[slice(*before.span)]
    return Mistake(f"Behind {shown} a number, a variable or a function is missing.", *before.span, *ways)


def empty(reader: Reader, opening: Sign) -> Mistake:
    """Say that nothing stands between two parentheses or bars.

    Parameters
    ----------
    reader : Reader
        Stands in front of the closing one.
    opening : Sign

    Returns
    -------
    Mistake
    """
    what = "bars" if opening.value == "|" else "parentheses"
    message = f"Between the {what} something is missing, as in {opening.value}x{reader.now.value}."
    return Mistake(message, opening.span[0], reader.now.span[1], reader.replaced(opening.span[1], opening.span[1], "x"))


def unclosed(reader: Reader, opening: Sign) -> Mistake:
    """Say that a parenthesis or a bar is not closed.

    Parameters
    ----------
    reader : Reader
        Stands where the closing one may have been meant.
    opening : Sign

    Returns
    -------
    Mistake
    """
    what, closing = ("bar", "|") if opening.value == "|" else ("parenthesis", ")")
    here = reader.now.span[0]
    return Mistake(f"This {what} is not closed.", *opening.span, reader.replaced(here, here, closing))


def comma(reader: Reader) -> Mistake:
    """Say what a comma that separates nothing was meant for.

    Parameters
    ----------
    reader : Reader
        Stands in front of the comma.

    Returns
    -------
    Mistake
    """
    now, before, after = reader.now, reader.before, reader.after
    if before and before.kind == after.kind == "number":
        message = "Decimals are written with a point, as in 1.5."
        return Mistake(message, *now.span, reader.replaced(before.span[1], after.span[0], "."))
    message = "A comma stands only between the arguments of max and min."
    return Mistake(message, *now.span, reader.replaced(*now.span, " "))


def left_over(reader: Reader) -> Mistake:
    """Say why nothing can follow where the formula is complete.

    Parameters
    ----------
    reader : Reader
        Stands in front of what is too much: a comma, a closing parenthesis or an equals sign.

    Returns
    -------
    Mistake
    """
    now = reader.now
    if now.is_symbol(","):
        return comma(reader)
    if now.is_symbol(")"):
        without, opened = reader.replaced(*now.span, ""), "(" + reader.text
        ways = [without, opened] if reader.after.kind == "end" else [opened, without]
        return Mistake("This parenthesis was never opened.", *now.span, *ways)
    left, right = reader.text[: now.span[0]].strip(), reader.text[now.span[1] :].strip(" =")
    difference = f"{left} - ({right})" if "+" in right or "-" in right else f"{left} - {right}"
    message = "An equation is no formula. Only a name may stand in front of it, as in y = x^2."
    return Mistake(message, *now.span, *([difference] if right else []), left)


def two_numbers(reader: Reader) -> Mistake | None:
    """Say that a number follows a number, where it does.

    Parameters
    ----------
    reader : Reader
        Stands in front of the second one.

    Returns
    -------
    Mistake or None
    """
    first, second = reader.before, reader.now
    if first is None or not first.kind == second.kind == "number":
        return None
    start, end = first.span[1], second.span[0]
    ways = [reader.replaced(start, end, "*")]
    if len(second.value) == 3 and second.value.isdigit() and first.value.isdigit():
        ways.insert(0, reader.replaced(start, end, ""))  # 1 000
    if second.value[0] == ".":
        ways.insert(0, reader.replaced(start, end + 1, ""))  # 1.2.3
    message = (
        "Two numbers cannot stand side by side. A number has one point and no spaces; a product is written with *."
    )
    return Mistake(message, first.span[0], second.span[1], *ways)


def not_defined(reader: Reader, name: Sign) -> Mistake:
    """Say that f(…) means nothing here.

    Parameters
    ----------
    reader : Reader
    name : Sign

    Returns
    -------
    Mistake
    """
    message = f"{name.value} is no known function. Type what it stands for, or {name.value}* for a product."
    return Mistake(message, *name.span, reader.replaced(*name.span, f"{name.value}*"))


def no_argument(reader: Reader, name: Sign) -> Mistake:
    """Say that a function has no argument, or needs parentheses for its two.

    Parameters
    ----------
    reader : Reader
        Stands behind the name.
    name : Sign

    Returns
    -------
    Mistake
    """
    if FUNCTIONS[name.value].arity == 1:
        end = reader.end
        message = f"The argument of {name.value} is missing, as in {name.value}(x)."
        return Mistake(message, name.span[0], end, reader.replaced(end, end, "(x)"))
    first = reader.now.value if reader.now.kind in {"variable", "number"} else ""
    end = reader.now.span[1] if first else name.span[1]
    message = f"The arguments of {name.value} stand in parentheses, as in {name.value}(x, 0)."
    return Mistake(message, *name.span, reader.replaced(name.span[0], end, f"{name.value}({first or 'x'}, 0)"))


def one_argument(reader: Reader, name: Sign) -> Mistake:
    """Say that a function needs a second argument.

    Parameters
    ----------
    reader : Reader
        Stands behind the closing parenthesis.
    name : Sign

    Returns
    -------
    Mistake
    """
    message = f"{name.value} takes two arguments, as in {name.value}(x, 0)."
    return Mistake(message, name.span[0], reader.end, reader.replaced(reader.end - 1, reader.end - 1, ", 0"))


def exponent_of_name(reader: Reader, name: Sign) -> Mistake:
    """Say what an exponent behind the name of a function can be.

    Parameters
    ----------
    reader : Reader
        Stands behind what cannot be read, as in sin^-1 or sin^x.
    name : Sign

    Returns
    -------
    Mistake
    """
    inverse = FUNCTIONS[name.value].inverse
    start, end = name.span[0], reader.end
    space = "" if reader.now.span[0] > end or reader.now.is_symbol("(") else " "
    if inverse and reader.text[start:end].endswith(("1", "¹")):
        message = f"The inverse function of {name.value} is written {inverse}, its reciprocal 1/{name.value}(x)."
        return Mistake(message, start, end, reader.replaced(start, end, inverse + space))
    message = (
        f"Only a number stands as exponent behind {name.value}, as in {name.value}^2 x. Else write ({name.value} x)^n."
    )
    return Mistake(message, start, end, reader.replaced(start, end, name.value + space))


def too_deep(reader: Reader, deepest: int) -> Mistake:
    """Say that the nesting ends here.

    Parameters
    ----------
    reader : Reader
        Stands behind what opens one level too many.
    deepest : int

    Returns
    -------
    Mistake
    """
    start = reader.before.span[0] if reader.before else 0
    return Mistake(f"A formula is nested at most {deepest} deep.", start, reader.end)
