"""What follows from a student's own answers, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core.network.activations import Array
from core.teaching.exercises.answers import EMPTY, Reading
from core.teaching.exercises.comparison import is_exact
from core.teaching.exercises.fields import Field, Sheet, Values


@dataclass(frozen=True)
class Carried:
    """What a field would be from the student's own answers, and which of these, not right, it rests on."""

    value: Array
    origins: tuple[str, ...]


@dataclass(frozen=True)
class Own:
    """What a student's answers lead to.

    Attributes
    ----------
    sheet : Sheet
    values : dict
        Given numbers; and each field as answered, else as it follows from the answers before.
    carried : dict
        Field → what is right from the student's own earlier answers; only where these are not all right.
    origins : dict
        Field → the answered fields, not right, that its value rests on.
    blocked : set of str
        Fields that nothing is carried from: of a wrong shape, only zeros (anything would follow), out of bounds, or
        copied from what is given (nothing was computed, and what follows may be copied too).
    copied : dict
        Field → the given matrix that its answer repeats.
    """

    sheet: Sheet
    values: dict[str, Array]
    carried: dict[str, Carried] = field(default_factory=dict)
    origins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    copied: dict[str, str] = field(default_factory=dict)

    def labels(self, names: tuple[str, ...]) -> str:
        """Fields as one calls them."""
        return " and ".join(self.sheet.by_name[name].short for name in names)


def follow(sheet: Sheet, truth: Values, readings: Mapping[str, Reading]) -> Own:
    """Compute every field from the student's own answers to those before.

    Parameters
    ----------
    sheet : Sheet
    truth : mapping
        Given numbers and right fields.
    readings : mapping
        Field → what was read; a field that is empty or cannot be read follows from the fields before it.

    Returns
    -------
    Own
    """
    own = Own(sheet, {name: value for name, value in truth.items() if name not in sheet.by_name})
    for each in sheet.fields:
        origins = tuple(dict.fromkeys(o for name in each.inputs for o in own.origins.get(name, ())))
        _compute(each, origins, truth[each.name], own)
        reading = readings.get(each.name, EMPTY)
        if reading.state == "read":
            _take(each, reading, truth[each.name], own)
    return own


def _compute(each: Field, origins: tuple[str, ...], right: Array, own: Own) -> None:
    """Let a field follow from what comes before it."""
    name = each.name
    if not origins:
        own.values[name], own.origins[name] = right, ()
        if any(before in own.blocked for before in each.inputs):
            own.blocked.add(name)
        return
    with np.errstate(all="ignore"):
        value = np.asarray(each.step(own.values))
    own.values[name], own.origins[name] = value, origins
    if any(before in own.blocked for before in each.inputs) or not value.any() or not np.isfinite(value).all():
        own.values[name], own.origins[name] = right, ()
        own.blocked.add(name)
    else:
        own.carried[name] = Carried(value, origins)


def _take(each: Field, reading: Reading, right: Array, own: Own) -> None:
    """Put an answer in the place of what was computed."""
    name = each.name
    own.blocked.discard(name)
    if reading.values.shape == right.shape and is_exact(reading, right):
        own.values[name], own.origins[name] = right, ()
        return
    copied = _given_like(reading.values, own)
    if copied is not None:
        own.copied[name] = copied
    if reading.values.shape == right.shape and reading.values.any() and copied is None:
        own.values[name], own.origins[name] = reading.values, (name,)
    else:
        own.values[name], own.origins[name] = right, ()
        own.blocked.add(name)


def _given_like(answer: Array, own: Own) -> str | None:
    """The given matrix, of more than one number, that an answer repeats."""
    given = {name: value for name, value in own.values.items() if name not in own.sheet.by_name and value.size > 1}
    return next((name for name, value in given.items() if np.array_equal(value, answer)), None)
