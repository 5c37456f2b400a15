"""What streams are told: first what they missed, then what happens."""

import logging
import re
from dataclasses import dataclass

from app.backend import Backend
from app.encoding import encode
from app.events.broker import NEWEST_RECORDS, News, record_news, sse
from app.runs.views import diagnostics_after, status_view
from app.store.rows import EVALUATION_FIELDS, RECORD_FIELDS, Run, Slice
from app.store.state_bytes import from_bytes
from core.training.setup import Setup

logger = logging.getLogger("downhill")

_EVENT_ID = re.compile(r"(\d{1,18})-(\d{1,18})")


def id_of(backend: Backend, key: str, shared: bool) -> str:
    """The id under which a run's news are told."""
    with backend.store.snapshot() as now:
        return now.run(key, shared).id


@dataclass(frozen=True)
class Missed:
    """Where the run stood, and the events to send first."""

    generation: int
    step: int
    events: list[bytes]


def missed(backend: Backend, run_id: str, last_event_id: str | None) -> Missed:
    """The status, then all records, evaluations and diagnostics after the last event seen."""
    setup = backend.setup(run_id)
    seen = _EVENT_ID.fullmatch(last_event_id or "")
    with backend.store.snapshot() as now:
        run, blob = now.head(run_id)
        after = run.step
        if seen is not None:
            # after a rewind the numbers seen may have changed: everything again
            after = int(seen[2]) if int(seen[1]) == run.generation else -1
        found = now.records_after(run_id, after, NEWEST_RECORDS, newest=True)
        evaluated = now.evaluations_after(run_id, after, backend.limits.loss_page)
    first = f"{run.generation}-{max(0, min(after, run.step))}"
    name = f"{run.generation}-{run.step}"
    events = [sse("status", encode(status_view(backend, run, setup)), first)]
    if found:
        skipped = max(0, found[0]["step"] - 1 - max(after, 0))
        events.append(sse("step", encode({**found[-1], "records": found, "skipped": skipped}), name))
    events += [sse("evaluation", encode(evaluation), name) for evaluation in evaluated]
    if after < run.step:
        new = diagnostics_after(after, from_bytes(blob).observations, setup)
        events += [sse("diagnostic", encode(diagnostic), name) for diagnostic in new]
    return Missed(run.generation, run.step, events)


def slice_news(backend: Backend, before: Run, after: Run, setup: Setup, found: Slice) -> News | None:
    """What streams are told of a slice that was stored; nothing, and a line in the log, where that fails."""
    try:
        return _slice_news(backend, before, after, setup, found) if backend.broker.is_watched(after.id) else None
    except Exception:
        # the slice is stored: whoever asked for it must learn so
        logger.exception("a run's streams were not told what was stored")
        return None


def _slice_news(backend: Backend, before: Run, after: Run, setup: Setup, found: Slice) -> News:
    name = f"{after.generation}-{after.step}"
    records = [dict(zip(RECORD_FIELDS, row, strict=True)) for row in found.records[-NEWEST_RECORDS:]]
    evaluated = [dict(zip(EVALUATION_FIELDS, row, strict=True)) for row in found.evaluations]
    control = [sse("evaluation", encode(each), f"{after.generation}-{each['step']}") for each in evaluated]
    diagnostics = diagnostics_after(before.step, found.head.observations, setup)
    control += [sse("diagnostic", encode(diagnostic), name) for diagnostic in diagnostics]
    stood, stands = ((run.status, run.learning_rate) for run in (before, after))
    if after.diverged_at is not None or stood != stands:
        control.append(sse("status", encode(status_view(backend, after, setup)), name))
    return News(after.generation, after.step, record_news(records), tuple(control))


def status_news(backend: Backend, run: Run, *, resets: bool = False, plays: bool = False) -> News | None:
    """What streams are told of how the run now stands; `plays` where its task is only about to start."""
    try:
        if not backend.broker.is_watched(run.id):
            return None
        view = status_view(backend, run, backend.setup(run.id)) | ({"status": "playing"} if plays else {})
        event = sse("status", encode(view), f"{run.generation}-{run.step}")
    except Exception:
        logger.exception("a run's streams were not told what was stored")
        return None
    return News(run.generation, run.step, (), (event,), resets)
