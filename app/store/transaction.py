"""Changes of runs: all that is done in one transaction is stored together, or not at all."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from app.errors import Conflict, NoSuchRun, TooBusy
from app.settings import Limits
from app.store.rows import EVALUATION_FIELDS, RECORD_FIELDS, Run, Slice, status_of
from app.store.snapshot import Snapshot
from app.store.state_bytes import to_bytes
from app.store.tables import evaluations, records, runs, states
from core.training.state import State

# built once: building a statement takes longer than running it
_MOVE = update(runs).where(
    runs.c.id == bindparam("of_id"),
    runs.c.step == bindparam("of_step"),
    runs.c.generation == bindparam("of_generation"),
)
_INSERT_STATE = insert(states)
_MOVE_STATE = (
    update(states)
    .where(states.c.run_id == bindparam("of_id"), states.c.step == bindparam("of_step"))
    .values(step=bindparam("to_step"), blob=bindparam("to_blob"))
)
_STORED = select(func.count(), func.coalesce(func.sum(runs.c.state_bytes), 0))
_INSERTS = {records: (insert(records), RECORD_FIELDS), evaluations: (insert(evaluations), EVALUATION_FIELDS)}


class Transaction(Snapshot):
    """Reads and writes that hold together; durable when the transaction has ended."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        super().__init__(connection)
        self._limits = limits

    def create(
        self, configuration: str, preset: str | None, first: State, evaluated: Sequence[tuple[Any, ...]]
    ) -> Run:  # fmt: skip
        """Insert a run with its step 0."""
        run = self._insert(configuration, first, preset=preset)
        self._insert_rows(evaluations, run.id, evaluated)
        return run

    def _insert(self, configuration: str, state: State, **more: Any) -> Run:
        self._check_room()
        blob = to_bytes(state)
        row: dict[str, Any] = {
            "id": secrets.token_urlsafe(16),
            "share_id": secrets.token_urlsafe(16),
            "created_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "status": status_of(state, "paused" if state.step else "ready"),
            "step": state.step,
            "generation": 0,
            "learning_rate": state.learning_rate,
            "rate": None,
            "loss": state.loss,
            "loss_step": state.loss_step,
            "diverged_at": state.observations.diverged_at,
            "grid": 1,
            "state_bytes": len(blob),
        } | more
        self._connection.execute(insert(runs).values(configuration=configuration, **row))
        self._connection.execute(_INSERT_STATE, {"run_id": row["id"], "step": state.step, "blob": blob})
        return Run(**row)

    def _check_room(self) -> None:
        count, size = self._connection.execute(_STORED).one()
        if count >= self._limits.runs:
            raise TooBusy(f"There are already {self._limits.runs} runs. Delete one first.", 60)
        most = self._limits.stored_bytes
        if size >= most:
            raise TooBusy(f"The runs already take {size} bytes, of {most}. Delete one first.", 60)

    def append(self, run: Run, found: Slice, status: str, learning_rate: float) -> Run:
        """Add a slice of training to a run, and return how it then stands."""
        head, blob = found.head, to_bytes(found.head)
        # the state it stands at is stored already
        kept = {step: kept for step, kept in found.kept.items() if step not in (run.step, head.step)}
        stays = run.step in found.kept or run.step % found.spacing == 0
        values: dict[str, Any] = {
            "step": head.step,
            "status": status_of(head, status),
            "learning_rate": learning_rate,
            "loss": head.loss,
            "loss_step": head.loss_step,
            "diverged_at": head.observations.diverged_at,
            "state_bytes": run.state_bytes + sum(map(len, kept.values())) + (len(blob) if stays else 0),
        }
        self._move(run, values)
        self._insert_rows(records, run.id, found.records)
        self._insert_rows(evaluations, run.id, found.evaluations)
        rows = [{"run_id": run.id, "step": step, "blob": state} for step, state in kept.items()]
        if stays:
            rows.append({"run_id": run.id, "step": head.step, "blob": blob})
        else:
            here = {"of_id": run.id, "of_step": run.step}
            self._connection.execute(_MOVE_STATE, {**here, "to_step": head.step, "to_blob": blob})
        if rows:
            self._connection.execute(_INSERT_STATE, rows)
        after = replace(run, **values)
        return self._thin(after, head) if after.state_bytes > self._limits.run_state_bytes else after

    def _move(self, run: Run, values: dict[str, Any]) -> None:
        here = {"of_id": run.id, "of_step": run.step, "of_generation": run.generation}
        if self._connection.execute(_MOVE, {**here, **values}).rowcount != 1:
            self.run(run.id)  # deleted meanwhile: no such run
            raise Conflict("The run was changed by somebody else at the same time. Nothing was done.")

    def _insert_rows(self, table: Any, run_id: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            statement, names = _INSERTS[table]
            self._connection.execute(statement, [dict(zip(names, row, strict=True), run_id=run_id) for row in rows])

    def _thin(self, run: Run, head: State) -> Run:
        """Double the grid until the states fit; keep the newest, and the last before a divergence.

        All steps of a run are about as much work, so that states on a coarser grid are still as far apart in seconds.
        """
        grid = run.grid
        kept = [head.step] + ([head.step - 1] if head.diverged else [])
        mine = states.c.run_id == run.id
        size_of = select(func.coalesce(func.sum(func.length(states.c.blob)), 0)).where(mine)
        size = self._connection.execute(size_of).scalar_one()
        while size > self._limits.run_state_bytes and grid <= head.step:
            grid *= 2
            self._connection.execute(delete(states).where(mine, states.c.step % grid != 0, states.c.step.not_in(kept)))
            size = self._connection.execute(size_of).scalar_one()
        self._connection.execute(update(runs).where(runs.c.id == run.id).values(grid=grid, state_bytes=size))
        return replace(run, grid=grid, state_bytes=size)

    def set_status(self, run: Run, **values: Any) -> Run:
        """Change status, rate or learning rate, and return how the run then stands."""
        if self._connection.execute(update(runs).where(runs.c.id == run.id).values(**values)).rowcount != 1:
            raise NoSuchRun
        return replace(run, **values)

    def rewind(self, run: Run, state: State) -> Run:
        """Forget everything after a state, and return how the run then stands."""
        values: dict[str, Any] = {
            "step": state.step,
            "generation": run.generation + 1,
            "status": status_of(state, "paused" if state.step else "ready"),
            "rate": None,
            "learning_rate": state.learning_rate,
            "loss": state.loss,
            "loss_step": state.loss_step,
            "diverged_at": state.observations.diverged_at,
        }
        self._move(run, values)
        for table in (records, evaluations):
            self._connection.execute(delete(table).where(table.c.run_id == run.id, table.c.step > state.step))
        self._connection.execute(delete(states).where(states.c.run_id == run.id, states.c.step >= state.step))
        self._connection.execute(_INSERT_STATE, {"run_id": run.id, "step": state.step, "blob": to_bytes(state)})
        return replace(run, **values)

    def branch(self, source: Run, configuration: str, state: State) -> Run:
        """Start a second run from a state, with the same past."""
        kept = {"preset": source.preset, "grid": source.grid, "state_bytes": source.state_bytes}
        new = self._insert(configuration, state, **kept)
        for table in (records, evaluations, states):
            others = [column for column in table.c if column.name != "run_id"]
            last = state.step if table is not states else state.step - 1
            copied = select(literal(new.id), *others).where(table.c.run_id == source.id, table.c.step <= last)
            names = ["run_id", *(column.name for column in others)]
            self._connection.execute(insert(table).from_select(names, copied))
        return new

    def delete(self, run_id: str) -> None:
        """Remove a run and all that belongs to it."""
        if self._connection.execute(delete(runs).where(runs.c.id == run_id)).rowcount != 1:
            raise NoSuchRun
