"""Reading a run's past from the database."""

from typing import Any

from sqlalchemy import select

from app.store import Store
from app.tables import evaluations, records, states

RECORD_FIELDS = ("step", "epoch", "loss_before", "loss_after", "learning_rate", "batch_size")
EVALUATION_FIELDS = ("step", "epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy")
_RECORD = [records.c[name] for name in RECORD_FIELDS]
_EVALUATION = [evaluations.c[name] for name in EVALUATION_FIELDS]


def nearest_state(store: Store, run_id: str, step: int) -> bytes:
    """Read the last stored state that is not after a step."""
    query = select(states.c.blob).where(states.c.run_id == run_id, states.c.step <= step)
    with store.engine.connect() as connection:
        found: bytes = connection.execute(query.order_by(states.c.step.desc()).limit(1)).scalar_one()
    return found


def records_after(store: Store, run_id: str, after: int, limit: int, newest: bool = False) -> list[dict[str, Any]]:
    """Read records with a larger step, the first ones or the newest ones, in order."""
    query = select(*_RECORD).where(records.c.run_id == run_id, records.c.step > after)
    query = query.order_by(records.c.step.desc() if newest else records.c.step).limit(limit)
    with store.engine.connect() as connection:
        rows = [dict(zip(RECORD_FIELDS, row, strict=True)) for row in connection.execute(query)]
    return rows[::-1] if newest else rows


def evaluations_after(store: Store, run_id: str, after: int, limit: int) -> list[dict[str, Any]]:
    """Read evaluations with a larger step, in order."""
    query = select(*_EVALUATION).where(evaluations.c.run_id == run_id, evaluations.c.step > after)
    with store.engine.connect() as connection:
        rows = connection.execute(query.order_by(evaluations.c.step).limit(limit))
        return [dict(zip(EVALUATION_FIELDS, row, strict=True)) for row in rows]


def newest_evaluation(store: Store, run_id: str) -> dict[str, Any] | None:
    """Read the last evaluation, if any."""
    query = select(*_EVALUATION).where(evaluations.c.run_id == run_id).order_by(evaluations.c.step.desc()).limit(1)
    with store.engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else dict(zip(EVALUATION_FIELDS, row, strict=True))


def decimated_losses(store: Store, run_id: str, last: int, points: int) -> list[dict[str, Any]]:
    """Read at most so many (step, loss before the next update) pairs, evenly spaced, the first one included."""
    stride = max(1, -(-last // points))
    # record k + 1 holds the loss at step k, before its update; asked for by key, for a run may have millions
    wanted = range(1, last + 1, stride)
    query = select(records.c.step, records.c.loss_before).where(records.c.run_id == run_id, records.c.step.in_(wanted))
    with store.engine.connect() as connection:
        rows = connection.execute(query.order_by(records.c.step)).all()
    return [{"step": step - 1, "loss": loss} for step, loss in rows]
