"""Answers judged against the truth, then against what follows from the student's own earlier answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.errors import InvalidInput
from core.network.activations import Array
from core.teaching.exercises.answers import EMPTY, Cell, Fault, Reading, read_answer
from core.teaching.exercises.carrying import Own, follow
from core.teaching.exercises.catalog import Exercise
from core.teaching.exercises.comparison import differing_cells, fits, is_close, is_exact
from core.teaching.exercises.fields import Field, Values
from core.teaching.exercises.rules import Diagnosis, diagnose, untold_rules
from core.teaching.exercises.variants import setting_of

Answers = Mapping[str, list[list[Cell]]]


@dataclass(frozen=True)
class Judgement:
    """What is said of one field.

    Attributes
    ----------
    state : str
        "exact", "rounded", "close", "wrong", "invalid" or "empty".
    score : float
        1 where it counts as right, else 0.
    read : list of lists or None
        The numbers as they were read; None where a cell could not be.
    exact : list of lists or None
        Beside a rounded answer, the numbers that it was rounded from.
    expected_shape : tuple of int
    wrong_cells : list of (row, column)
    faults : tuple of Fault
        Cells that could not be read, and why.
    rule : str or None
        Which known mistake it is.
    factor : float or None
    carried_forward : bool
        Right from the student's own earlier answers, which are not right.
    from_own : tuple of str
        Which earlier fields it was judged by, where they are not right.
    untold : tuple of str
        Mistakes that these numbers cannot tell from the right answer.
    title, message : str
    """

    state: str
    score: float
    read: Array | None
    expected_shape: tuple[int, ...]
    title: str = ""
    message: str = ""
    exact: Array | None = None
    wrong_cells: list[tuple[int, int]] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    rule: str | None = None
    factor: float | None = None
    carried_forward: bool = False
    from_own: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


def grade(exercise: Exercise, seed: int, answers: Answers, earlier: Answers) -> dict[str, Judgement]:
    """Judge the answers to an exercise.

    Parameters
    ----------
    exercise : Exercise
    seed : int
    answers : mapping
        Field → rows of cells; fields left out are empty.
    earlier : mapping
        The same for fields of the sheet that come before this exercise; they are carried forward, not judged.

    Returns
    -------
    dict
        Field → its judgement, for every field of the exercise.

    Raises
    ------
    InvalidInput
        For a field that the exercise does not have.
    """
    check_names(exercise.parts, answers, "answers")
    check_names(exercise.earlier, earlier, "earlier")
    truth = exercise.sheet.compute(setting_of(exercise.sheet, seed))
    readings = {name: read_answer(rows) for name, rows in {**earlier, **answers}.items()}
    own = follow(exercise.sheet, truth, readings)
    return {each.name: judge(each, readings.get(each.name, EMPTY), truth, own) for each in exercise.fields}


def check_names(known: tuple[str, ...], given: Iterable[str], location: str) -> None:
    """Refuse a field that is not there."""
    for name in given:
        if name not in known:
            message = f"There is no such field. Known: {', '.join(known)}." if known else "No field comes before."
            raise InvalidInput(f"{location}.{name[:80]}", message)


def judge(each: Field, reading: Reading, truth: Values, own: Own) -> Judgement:
    """Judge one field: against the truth, then against the student's own earlier answers, then by the rules."""
    right = truth[each.name]
    if reading.state == "empty":
        return Judgement("empty", 0.0, None, right.shape)
    if reading.state == "invalid":
        title = "Cannot be read" if reading.faults else "Not filled yet"
        return Judgement("invalid", 0.0, reading.values, right.shape, title, reading.message, faults=reading.faults)
    if fits(reading, right):
        return _right(each, reading, right, truth)
    carried = own.carried.get(each.name)
    if carried is not None and fits(reading, carried.value):
        names = own.labels(carried.origins)
        exact = None if is_exact(reading, carried.value) else carried.value
        state = "rounded" if exact is not None else "exact"
        text = f"This follows from your {names}; but your {names} is not right."
        return Judgement(
            state, 1.0, reading.values, right.shape, f"Right from your {names}", text, exact,
            carried_forward=True, from_own=carried.origins,
        )  # fmt: skip
    if reading.values.shape == right.shape and is_close(reading, right):
        text = "Within 1 % of the right numbers, but not these rounded. Was something rounded on the way?"
        wrong = differing_cells(reading, right)
        return Judgement("close", 0.0, reading.values, right.shape, "Close", text, wrong_cells=wrong)
    return _wrong(each, reading, truth, own)


def _right(each: Field, reading: Reading, right: Array, truth: Values) -> Judgement:
    untold = untold_rules(each, truth)
    notes = list(dict.fromkeys(rule.untold for rule in untold))
    names = tuple(dict.fromkeys(rule.name for rule in untold))
    if is_exact(reading, right):
        return Judgement("exact", 1.0, reading.values, right.shape, "Exact", " ".join(notes), untold=names)
    text = " ".join(["Right as rounded.", *notes])
    return Judgement("rounded", 1.0, reading.values, right.shape, "Rounded", text, right, untold=names)


def _wrong(each: Field, reading: Reading, truth: Values, own: Own) -> Judgement:
    right, carried = truth[each.name], own.carried.get(each.name)
    found, origins = find_mistake(each, reading, truth, own)
    cells = _cells(reading, right)
    if found is None and carried is not None and len(_cells(reading, carried.value)) < len(cells):
        cells, origins = _cells(reading, carried.value), carried.origins
    lead = f"From your {own.labels(origins)}: " if origins else ""
    if found is not None:
        return Judgement(
            "wrong", 0.0, reading.values, right.shape, found.title, f"{lead}{found.message}",
            wrong_cells=cells, rule=found.rule, factor=found.factor, from_own=origins,
        )  # fmt: skip
    title = "One cell is off" if len(cells) == 1 else f"{len(cells)} of {right.size} cells are off"
    text = f"{lead}{'no' if lead else 'No'} known mistake gives these numbers. Look for a slip."
    if each.name in own.copied:
        title, text = "Copied", f"These are the given numbers of {own.copied[each.name]}: nothing is counted from them."
    return Judgement("wrong", 0.0, reading.values, right.shape, title, text, wrong_cells=cells, from_own=origins)


def find_mistake(each: Field, reading: Reading, truth: Values, own: Own) -> tuple[Diagnosis | None, tuple[str, ...]]:
    """The known mistake in a wrong answer, and the student's own fields that it starts from, if any.

    The true numbers come first; then what follows from the student's own.
    """
    found, carried = diagnose(each, reading, truth, truth[each.name]), own.carried.get(each.name)
    if carried is not None and (found is None or found.rule == "size"):
        from_own = diagnose(each, reading, own.values, carried.value)
        if from_own is not None and from_own.rule != "size":
            return from_own, carried.origins
    return found, ()


def _cells(reading: Reading, expected: Array) -> list[tuple[int, int]]:
    return differing_cells(reading, expected) if reading.values.shape == expected.shape else []
