"""Runs in a database: each change is one transaction, durable when it returns."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, literal, select, update

from app.database import open_database
from app.errors import Conflict, NoSuchRun, TooBusy
from app.settings import Settings
from app.state_bytes import to_bytes
from app.tables import evaluations, records, runs, states
from core.training import Evaluation, State, StepRecord

_BRIEF = [column for column in runs.c if column.name != "configuration"]

# built once: building a statement takes longer than running it
_HEAD = select(*_BRIEF, states.c.blob).where(
    runs.c.id == bindparam("run_id"), states.c.run_id == runs.c.id, states.c.step == runs.c.step
)
_MOVE = update(runs).where(
    runs.c.id == bindparam("of_id"),
    runs.c.step == bindparam("of_step"),
    runs.c.generation == bindparam("of_generation"),
)
_INSERT_STATE = insert(states)
_STORED = select(func.count(), func.coalesce(func.sum(runs.c.state_bytes), 0))
_INSERTS = {records: insert(records), evaluations: insert(evaluations)}


@dataclass(frozen=True)
class Run:
    """The row of one run, without its configuration."""

    id: str
    share_id: str
    created_at: str
    preset: str | None
    status: str
    step: int
    generation: int
    learning_rate: float
    rate: float | None
    loss: float | None
    loss_step: int
    diverged_at: int | None
    grid: int
    state_bytes: int


@dataclass(frozen=True)
class Change:
    """What one piece of training adds: records, evaluations, states to keep, and where the run now stands."""

    head: State
    records: Sequence[StepRecord]
    evaluations: Sequence[Evaluation]
    kept: Sequence[State]


def status_of(state: State, otherwise: str) -> str:
    """A run whose newest state diverged is diverged, whatever it was doing."""
    return "diverged" if state.diverged else otherwise


class Store:
    """All access to the database."""

    def __init__(self, settings: Settings) -> None:
        self.limits = settings.limits
        self.engine = open_database(settings)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def recover(self) -> None:
        """After a restart nothing plays."""
        with self.engine.begin() as connection:
            connection.execute(update(runs).where(runs.c.status == "playing").values(status="paused", rate=None))

    def create(self, configuration: str, preset: str | None, first: State, evaluated: Sequence[Evaluation]) -> Run:
        """Insert a run with its step 0."""
        with self.engine.begin() as connection:
            run = self._insert(connection, configuration, first, preset=preset)
            _insert_all(connection, evaluations, run.id, evaluated)
        return run

    def _insert(self, connection: Connection, configuration: str, state: State, **more: Any) -> Run:
        self._check_room(connection)
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
        connection.execute(insert(runs).values(configuration=configuration, **row))
        connection.execute(_INSERT_STATE, {"run_id": row["id"], "step": state.step, "blob": blob})
        return Run(**row)

    def _check_room(self, connection: Connection) -> None:
        count, size = connection.execute(_STORED).one()
        if count >= self.limits.runs:
            raise TooBusy(f"There are already {self.limits.runs} runs. Delete one first.", 60)
        if size >= self.limits.stored_bytes:
            raise TooBusy(f"The runs already take {size} bytes, of {self.limits.stored_bytes}. Delete one first.", 60)

    def find(self, key: str, shared: bool = False) -> Run:
        """Read a run by its id, or by its share id."""
        column = runs.c.share_id if shared else runs.c.id
        with self.engine.connect() as connection:
            row = connection.execute(select(*_BRIEF).where(column == key)).one_or_none()
        return _run(row)

    def find_with_head(self, run_id: str) -> tuple[Run, bytes]:
        """Read a run and its newest state in one query."""
        with self.engine.connect() as connection:
            row = connection.execute(_HEAD, {"run_id": run_id}).one_or_none()
        if row is None:
            raise NoSuchRun
        return Run(*row[:-1]), row[-1]

    def configuration(self, run_id: str) -> str:
        """Read what the run was made from, as JSON."""
        with self.engine.connect() as connection:
            text = connection.execute(select(runs.c.configuration).where(runs.c.id == run_id)).scalar_one_or_none()
        if text is None:
            raise NoSuchRun
        return str(text)

    def append(self, run: Run, change: Change, status: str, learning_rate: float) -> None:
        """Add steps to a run, all or nothing."""
        head = change.head
        new = {state.step: state for state in (*change.kept, head)}
        # the state it stands at is stored already; it stays when it is the last one before a divergence
        stays = new.pop(run.step, None) is not None or run.step % run.grid == 0
        stored = {step: to_bytes(state) for step, state in new.items()}
        size = run.state_bytes + sum(map(len, stored.values()))
        values: dict[str, Any] = {
            "step": head.step,
            "status": status_of(head, status),
            "learning_rate": learning_rate,
            "loss": head.loss,
            "loss_step": head.loss_step,
            "diverged_at": head.observations.diverged_at,
            "state_bytes": size,
        }
        with self.engine.begin() as connection:
            self._move(connection, run, values)
            _insert_all(connection, records, run.id, change.records)
            _insert_all(connection, evaluations, run.id, change.evaluations)
            rows = [{"run_id": run.id, "step": step, "blob": blob} for step, blob in stored.items()]
            connection.execute(_INSERT_STATE, rows)
            if not stays:
                connection.execute(delete(states).where(states.c.run_id == run.id, states.c.step == run.step))
            if size > self.limits.run_state_bytes:
                self._thin(connection, run, head)

    def _move(self, connection: Connection, run: Run, values: dict[str, Any]) -> None:
        here = {"of_id": run.id, "of_step": run.step, "of_generation": run.generation}
        if connection.execute(_MOVE, {**here, **values}).rowcount != 1:
            raise Conflict("The run was changed by somebody else at the same time. Nothing was done.")

    def _thin(self, connection: Connection, run: Run, head: State) -> None:
        """Double the grid until the states fit; keep the newest, and the last before a divergence."""
        grid = run.grid
        kept = [head.step] + ([head.step - 1] if head.diverged else [])
        mine = states.c.run_id == run.id
        size_of = select(func.coalesce(func.sum(func.length(states.c.blob)), 0)).where(mine)
        size = connection.execute(size_of).scalar_one()
        while size > self.limits.run_state_bytes and grid <= head.step:
            grid *= 2
            connection.execute(delete(states).where(mine, states.c.step % grid != 0, states.c.step.not_in(kept)))
            size = connection.execute(size_of).scalar_one()
        connection.execute(update(runs).where(runs.c.id == run.id).values(grid=grid, state_bytes=size))

    def set_status(self, run_id: str, **values: Any) -> None:
        """Change status, rate or learning rate."""
        with self.engine.begin() as connection:
            if connection.execute(update(runs).where(runs.c.id == run_id).values(**values)).rowcount != 1:
                raise NoSuchRun

    def rewind(self, run: Run, state: State) -> None:
        """Forget everything after a state."""
        values = {
            "step": state.step,
            "generation": run.generation + 1,
            "status": "paused" if state.step else "ready",
            "rate": None,
            "learning_rate": state.learning_rate,
            "loss": state.loss,
            "loss_step": state.loss_step,
            "diverged_at": state.observations.diverged_at,
        }
        with self.engine.begin() as connection:
            self._move(connection, run, values)
            for table in (records, evaluations):
                connection.execute(delete(table).where(table.c.run_id == run.id, table.c.step > state.step))
            connection.execute(delete(states).where(states.c.run_id == run.id, states.c.step >= state.step))
            connection.execute(insert(states).values(run_id=run.id, step=state.step, blob=to_bytes(state)))

    def branch(self, source: Run, configuration: str, state: State) -> Run:
        """Start a second run from a state, with the same past."""
        with self.engine.begin() as connection:
            kept = {"preset": source.preset, "grid": source.grid, "state_bytes": source.state_bytes}
            new = self._insert(connection, configuration, state, **kept)
            for table in (records, evaluations, states):
                others = [column for column in table.c if column.name != "run_id"]
                last = state.step if table is not states else state.step - 1
                copied = select(literal(new.id), *others).where(table.c.run_id == source.id, table.c.step <= last)
                names = ["run_id", *(column.name for column in others)]
                connection.execute(insert(table).from_select(names, copied))
        return new

    def delete(self, run_id: str) -> None:
        """Remove a run and all that belongs to it."""
        with self.engine.begin() as connection:
            if connection.execute(delete(runs).where(runs.c.id == run_id)).rowcount != 1:
                raise NoSuchRun


def _run(row: Row[Any] | None) -> Run:
    if row is None:
        raise NoSuchRun
    return Run(*tuple(row))


def _insert_all(
    connection: Connection, table: Any, run_id: str, items: Sequence[StepRecord] | Sequence[Evaluation]
) -> None:
    if items:
        connection.execute(_INSERTS[table], [{"run_id": run_id, **vars(item)} for item in items])
