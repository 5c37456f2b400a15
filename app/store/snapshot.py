"""What the database says at one moment, whatever is written meanwhile."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from app.errors import NoSuchRun
from app.store.rows import EVALUATION_FIELDS, RECORD_FIELDS, Run
from app.store.tables import evaluations, records, runs, states

SMOOTHING = 10  # batches
LOOK_BACK = 10_000  # records from the end of a run: a loss that grows without end does not take longer
_BRIEF = [column for column in runs.c if column.name != "configuration"]
_RECORD = [records.c[name] for name in RECORD_FIELDS]
_EVALUATION = [evaluations.c[name] for name in EVALUATION_FIELDS]

# built once: building a statement takes longer than running it
_HEAD = select(*_BRIEF, states.c.blob).where(
    runs.c.id == bindparam("run_id"), states.c.run_id == runs.c.id, states.c.step == runs.c.step
)
_BY_ID = select(*_BRIEF).where(runs.c.id == bindparam("key"))
_BY_SHARE_ID = select(*_BRIEF).where(runs.c.share_id == bindparam("key"))


class Snapshot:
    """One transaction that only reads: all its answers hold for the same moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, key: str, shared: bool = False) -> Run:
        """Read a run by its id, or by its share id."""
        row = self._connection.execute(_BY_SHARE_ID if shared else _BY_ID, {"key": key}).one_or_none()
        return _run(row)

    def head(self, run_id: str) -> tuple[Run, bytes]:
        """Read a run and its newest state in one query."""
        row = self._connection.execute(_HEAD, {"run_id": run_id}).one_or_none()
        if row is None:
            raise NoSuchRun
        return Run(*row[:-1]), row[-1]

    def configuration(self, run_id: str) -> str:
        """Read what the run was made from, as JSON."""
        query = select(runs.c.configuration).where(runs.c.id == run_id)
        text = self._connection.execute(query).scalar_one_or_none()
        if text is None:
            raise NoSuchRun
        return str(text)

    def nearest_state(self, run_id: str, step: int) -> bytes:
        """Read the last stored state that is not after a step."""
        query = select(states.c.blob).where(states.c.run_id == run_id, states.c.step <= step)
        found: bytes = self._connection.execute(query.order_by(states.c.step.desc()).limit(1)).scalar_one()
        return found

    def records_after(self, run_id: str, after: int, limit: int, newest: bool = False) -> list[dict[str, Any]]:
        """Read records with a larger step, the first ones or the newest ones, in order."""
        query = select(*_RECORD).where(records.c.run_id == run_id, records.c.step > after)
        query = query.order_by(records.c.step.desc() if newest else records.c.step).limit(limit)
        rows = [dict(zip(RECORD_FIELDS, row, strict=True)) for row in self._connection.execute(query)]
        return rows[::-1] if newest else rows

    def evaluations_after(self, run_id: str, after: int, limit: int) -> list[dict[str, Any]]:
        """Read evaluations with a larger step, in order."""
        query = select(*_EVALUATION).where(evaluations.c.run_id == run_id, evaluations.c.step > after)
        rows = self._connection.execute(query.order_by(evaluations.c.step).limit(limit))
        return [dict(zip(EVALUATION_FIELDS, row, strict=True)) for row in rows]

    def newest_evaluation(self, run_id: str) -> dict[str, Any] | None:
        """Read the last evaluation, if any."""
        query = select(*_EVALUATION).where(evaluations.c.run_id == run_id).order_by(evaluations.c.step.desc())
        row = self._connection.execute(query.limit(1)).one_or_none()
        return None if row is None else dict(zip(EVALUATION_FIELDS, row, strict=True))

    def last_fall(self, run_id: str, whole: bool) -> int:
        """The last step to which the loss fell; 0 if it never did.

        Where an update takes the `whole` data, by its own loss before and after. In mini-batches by an evaluation below
        the one before, or by a batch below the mean of the `SMOOTHING` batches before it, whichever came later: two
        batches differ also where nothing is learned.
        """
        query = select(func.max(records.c.step)).where(records.c.run_id == run_id)
        if whole:
            found = self._connection.execute(query.where(records.c.loss_after < records.c.loss_before)).scalar_one()
            return int(found or 0)
        before = func.lag(evaluations.c.train_loss).over(order_by=evaluations.c.step)
        query = select(evaluations.c.step, (evaluations.c.train_loss < before).label("fell"))
        each = query.where(evaluations.c.run_id == run_id).subquery()
        evaluated = self._connection.execute(select(func.max(each.c.step)).where(each.c.fell)).scalar_one()
        return max(int(evaluated or 0), self._last_lower_batch(run_id))

    def _last_lower_batch(self, run_id: str) -> int:
        """The last step whose batch had a lower loss than those before it on average; 0 if none had."""
        newest = self.records_after(run_id, 0, LOOK_BACK, newest=True)
        known = [record for record in newest if record["loss_before"] is not None]
        losses = [record["loss_before"] for record in known]
        for k in range(len(losses) - 1, 0, -1):
            before = losses[max(0, k - SMOOTHING) : k]
            # divided first: ten losses near the largest float have no sum
            if losses[k] < sum(loss / len(before) for loss in before):
                return int(known[k]["step"]) - 1  # a record holds the loss before its update
        return 0

    def largest_rate(self, run_id: str, after: int) -> float | None:
        """The largest learning rate of the updates after a step; None where there are none."""
        query = select(func.max(records.c.learning_rate)).where(records.c.run_id == run_id, records.c.step > after)
        found: float | None = self._connection.execute(query).scalar_one()
        return found

    def decimated_losses(self, run_id: str, last: int, points: int) -> list[dict[str, Any]]:
        """Read at most so many (step, loss before the next update) pairs, evenly spaced, the first one included."""
        stride = max(1, -(-last // points))
        # record k + 1 holds the loss at step k, before its update; asked for by key, for a run may have millions
        wanted = range(1, last + 1, stride)
        query = select(records.c.step, records.c.loss_before)
        query = query.where(records.c.run_id == run_id, records.c.step.in_(wanted)).order_by(records.c.step)
        return [{"step": step - 1, "loss": loss} for step, loss in self._connection.execute(query)]


def _run(row: Row[Any] | None) -> Run:
    if row is None:
        raise NoSuchRun
    return Run(*tuple(row))
